import type { AuditEntry } from '../../models/audit-entry.js';
import { decodeCursor, pageOf, type Page } from '../paging/cursor.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';

/**
 * The audit log, newest first, less what was done about a complaint that concerns the reader (R-A8).
 * @throws DomainError not-allowed; invalid-input for a foreign cursor
 */
export async function listAudit(
  context: ServiceContext,
  { actor, cursor, limit }: { actor: Actor; cursor?: string | undefined; limit: number },
): Promise<Page<AuditEntry>> {
  requireRole(actor, 'administrator', 'supervisor');
  const older = cursor === undefined ? {} : { _id: { $lt: decodeCursor(cursor, { dated: false }).id } };
  const hidden = await hiddenSubjects(context, actor);
  const found = await context.models.auditEntries
    .find(hidden.length === 0 ? older : { ...older, subject: { $nin: hidden } })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .lean();
  return pageOf(found, limit, ({ _id }) => ({ id: _id }));
}

/** Number, files and mails of what the reader may not know of: each may be the subject of a line. */
async function hiddenSubjects({ models }: ServiceContext, { staffId }: Actor): Promise<string[]> {
  const tickets = await models.tickets.find({ concernsStaffId: staffId }).lean();
  if (tickets.length === 0) return [];
  const matter = { $in: tickets.map(({ openingKey }) => openingKey) };
  const ticketId = { $in: tickets.map(({ _id }) => _id) };
  const [files, mails] = await Promise.all([
    models.files.find({ matter }, { _id: 1 }).lean(),
    models.mails.find({ ticketId }, { _id: 1 }).lean(),
  ]);
  return [...tickets.map(({ number }) => number), ...[...files, ...mails].map(({ _id }) => _id)];
}
