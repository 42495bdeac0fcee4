import type { Ticket } from '../../models/ticket.js';

/** A closing younger than this is still on its ordinary way. */
const GRACE_MILLISECONDS = 30_000;

/** However long a closing has failed, it is tried at least this often. */
const LONGEST_MILLISECONDS = 3_600_000;

/** When a job looks whether a closing that begins now was finished. */
export function firstClosingCheck(now: Date): Date {
  return new Date(now.getTime() + GRACE_MILLISECONDS);
}

/** When a closing that has failed is tried again: it waits as long again as it has been open already. */
export function nextClosingTry({ resolvedAt, closedAt }: Ticket, now: Date): Date {
  const begun = resolvedAt ?? closedAt ?? now;
  const waited = now.getTime() - begun.getTime();
  return new Date(now.getTime() + Math.min(Math.max(waited, GRACE_MILLISECONDS), LONGEST_MILLISECONDS));
}
