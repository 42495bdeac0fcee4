import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { Actor, ServiceContext } from '../service-context.js';

interface AuditInput {
  /** Null when the product itself acted, e.g. on first start. */
  actor: Pick<Actor, 'staffId' | 'name'> | null;
  /** Name of the API operation, e.g. `ticket.resolve`. */
  action: string;
  /** What it was done to: a ticket number, a username, a date. */
  subject: string;
  /** The same act under the same key is one line, however often it is recorded. */
  key?: string;
  details?: Record<string, string | number | boolean | null>;
  now: Date;
}

/** Appends one line to the audit log. `details` carry codes and counts, never what somebody wrote. */
export async function recordAudit(
  { models, newId }: ServiceContext,
  { actor, action, subject, key, details = {}, now }: AuditInput,
): Promise<void> {
  try {
    await models.auditEntries.create({
      _id: newId(),
      at: now,
      key: key ?? null,
      actorId: actor?.staffId ?? null,
      actorName: actor?.name ?? 'Dering',
      action,
      subject,
      details,
    });
  } catch (error) {
    if (key === undefined || !isDuplicateKey(error)) throw error;
  }
}
