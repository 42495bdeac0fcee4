import { t, tMaybe } from './text.js';

/** Why a message did not arrive, and what may be done about it. */
interface Reason {
  what: string;
  todo: string;
  /** False for a code that this page does not know. */
  known: boolean;
}

/** A reason code of a delivery in words, e.g. `recipient-blocked`, `returned-5.1.1`, `refused-463`. */
export function describeReason(code: string): Reason {
  const [what, todo] = ['what', 'todo'].map((part) => tMaybe(`reason.${familyOf(code)}.${part}`));
  if (what !== undefined && todo !== undefined) return { what, todo, known: true };
  return { what: t('reason.other.what'), todo: t('reason.other.todo'), known: false };
}

/** Why a channel does not work, in words; what this page does not know stays as the channel says it. */
export function describeChannelReason(reason: string): string {
  const [, general, detail] = /^(.*) \(?([\w.-]+)\)?$/u.exec(reason) ?? [];
  const words = findSlug(reason);
  if (words !== undefined || general === undefined) return words ?? reason;
  const known = findSlug(general);
  return known === undefined ? reason : `${known} (${detail ?? ''})`;
}

function findSlug(reason: string): string | undefined {
  const slug = reason.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-');
  return tMaybe(`channelReason.${slug.replaceAll(/^-|-$/gu, '')}`);
}

/** Codes that carry the platform's own number; for mail that is the enhanced status code (RFC 3463). */
function familyOf(code: string): string {
  const returned = /^returned-[45]\.(\d+)\./u.exec(code)?.[1];
  if (returned !== undefined) return RETURNED[returned] ?? 'returned';
  return /^refused-\d+$/u.test(code) ? 'refused' : code;
}

const RETURNED: Readonly<Record<string, string>> = {
  1: 'returned-address',
  2: 'returned-mailbox',
  6: 'returned-content',
  7: 'returned-content',
};
