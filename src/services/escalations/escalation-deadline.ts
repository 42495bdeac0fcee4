import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { visibleTo } from '../tickets/visible-to.js';
import { escalatedDue } from './escalate-ticket.js';

/**
 * R-A4: when an answer is due once the ticket is escalated.
 * @throws DomainError not-allowed, not-found
 */
export async function escalationDeadline(
  context: ServiceContext,
  { number, actor, now }: { number: string; actor: Actor; now: Date },
): Promise<{ dueAt: Date }> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const ticket = await context.models.tickets.findOne({ number, $and: [visibleTo(actor)] }).lean();
  if (!ticket) throw new DomainError('not-found');
  return { dueAt: escalatedDue(context, ticket, now) };
}
