import { OPEN_STATUSES, type Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import { hasRole, requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { claimTicket } from './claim-ticket.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { visibleTo } from './visible-to.js';
import { refuse, writeTicket } from './write-ticket.js';

interface AssignTicketInput {
  number: string;
  actor: Actor;
  /** Who shall have it. */
  staffId: string;
  now: Date;
}

/**
 * A supervisor gives a ticket to any active agent or supervisor, also one that another has; an agent may only take
 * what is free.
 * @throws DomainError not-allowed, not-found, ticket-closed, ticket-taken; invalid-input for an unfit assignee
 */
export async function assignTicket(context: ServiceContext, input: AssignTicketInput): Promise<Ticket> {
  const { number, actor, staffId, now } = input;
  requireRole(actor, 'agent', 'supervisor');
  if (!hasRole(actor, 'supervisor')) {
    if (staffId !== actor.staffId) throw new DomainError('not-allowed');
    return claimTicket(context, { number, actor, now });
  }
  const assignee = await context.models.staff.findOne({ _id: staffId, active: true }).lean();
  if (!assignee?.roles.some((role) => role === 'agent' || role === 'supervisor')) {
    throw new DomainError('invalid-input', { field: 'staffId' });
  }
  // Whom a complaint is about does not get to handle it (R-A8).
  const seenByBoth = [visibleTo(actor), { concernsStaffId: { $ne: staffId } }];
  const open = { number, status: { $in: [...OPEN_STATUSES] }, $and: seenByBoth };
  const to = { assigneeId: staffId, assigneeName: assignee.name, updatedAt: now };
  const assigned =
    (await writeTicket(context, { ...open, status: 'open' }, { $set: { ...to, status: 'in-progress' } })) ??
    (await writeTicket(context, open, { $set: to })) ??
    (await refuse(context, { number, actor }, 'ticket-taken'));
  await recordTicketFact(context, assigned, {
    name: 'ticket-claimed',
    of: `${assigned._id}:${staffId}:${now.getTime()}`,
    at: now,
    actor: { staffId, name: assignee.name },
    facts: { assignedBy: actor.staffId },
  });
  await recordAudit(context, { actor, action: 'ticket.assign', subject: number, details: { staffId }, now });
  return assigned;
}
