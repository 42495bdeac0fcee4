import type { Translate } from '../shared/i18n.js';

export interface FieldMessage {
  /** Dotted, e.g. `profile.email`. */
  path: string;
  message: string;
}

/** One finding of the validator, as the framework passes it on. */
interface Finding {
  keyword?: string | undefined;
  /** With slashes, e.g. `/profile/email`. */
  instancePath: string;
  params?: unknown;
}

/** What is wrong with which field, in the reader's language; never what was sent. */
export function fieldMessages(findings: readonly Finding[], t: Translate): FieldMessage[] {
  return findings.map(({ keyword, instancePath, params }) => ({
    path: instancePath.split('/').filter(Boolean).join('.'),
    message: say(keyword, { ...(params as object) }, t),
  }));
}

function say(keyword: string | undefined, params: Readonly<Record<string, unknown>>, t: Translate): string {
  switch (keyword) {
    case 'invalid_type':
      return t('verify:field.missing');
    case 'too_small':
      return params.minimum === 1 ? t('verify:field.empty') : t('verify:field.tooSmall', params);
    case 'too_big':
      return t('verify:field.tooBig', params);
    case 'invalid_format':
      return params.format === 'email' ? t('verify:field.email') : t('verify:field.wrong');
    case 'invalid_value':
      return t('verify:field.choice');
    case 'unrecognized_keys':
      return t('verify:field.unknown');
    default:
      return t('verify:field.wrong');
  }
}
