import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';

/** Takes bookings again where they were closed. @throws DomainError not-allowed, not-found */
export async function reopenSessions(
  context: ServiceContext,
  { id, actor, now }: { id: string; actor: Actor; now: Date },
): Promise<void> {
  requireRole(actor, 'agent', 'supervisor');
  const reopened = await context.models.closedSessions.findOneAndDelete({ _id: id }).lean();
  if (!reopened) throw new DomainError('not-found');
  const { date: subject, room, reason } = reopened;
  const details = { room, reason };
  await recordAudit(context, { actor, action: 'closed-session.reopen', subject, details, now });
  context.changes.publish({ topic: 'settings', id: `closed-session:${id}` });
}
