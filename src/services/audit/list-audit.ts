import type { AuditEntry } from '../../models/audit-entry.js';
import { decodeCursor, pageOf, type Page } from '../paging/cursor.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';

/**
 * The audit log, newest first.
 * @throws DomainError not-allowed; invalid-input for a foreign cursor
 */
export async function listAudit(
  { models }: ServiceContext,
  { actor, cursor, limit }: { actor: Actor; cursor?: string | undefined; limit: number },
): Promise<Page<AuditEntry>> {
  requireRole(actor, 'administrator', 'supervisor');
  const older = cursor === undefined ? {} : { _id: { $lt: decodeCursor(cursor, { dated: false }).id } };
  const found = await models.auditEntries
    .find(older)
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  return pageOf(found, limit, ({ _id }) => ({ id: _id }));
}
