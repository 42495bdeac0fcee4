import { z } from 'zod';
import type { Language } from '../shared/i18n.js';

export interface FieldMessage {
  /** Dotted, e.g. `profile.email`. */
  path: string;
  message: string;
}

/** One finding of the validator, as the framework passes it on. */
interface Finding {
  keyword?: string | undefined;
  instancePath: string;
  params?: unknown;
  message?: string | undefined;
}

const LOCALES = { id: z.locales.id(), en: z.locales.en() } as const;

/** What is wrong with which field, in the reader's language; without what was sent. */
export function fieldMessages(findings: readonly Finding[], language: Language): FieldMessage[] {
  return findings.map(({ keyword, instancePath, params, message }) => {
    // A pattern tells a person nothing.
    const code = keyword === 'invalid_format' && isPattern(params) ? 'custom' : keyword;
    const issue = { ...(params as object), code, path: [], input: undefined };
    const text = LOCALES[language].localeError(issue as Parameters<z.core.$ZodErrorMap>[0]);
    return {
      path: instancePath.split('/').filter(Boolean).join('.'),
      message: (typeof text === 'string' ? text : text?.message) ?? message ?? '',
    };
  });
}

function isPattern(params: unknown): boolean {
  return typeof params === 'object' && params !== null && 'format' in params && params.format === 'regex';
}
