import type { Filter, Update } from '../../models/query.js';
import { OPEN_STATUSES, type Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { hasRole } from '../staff/authorise.js';
import { settleDeadline } from '../deadlines/recount-deadline.js';
import type { Actor, ServiceContext } from '../service-context.js';

/**
 * The one conditional write that decides a rule: changes the ticket if it still is as `filter` says, lets its deadline
 * follow (a pause while the user is waited for, R-A4 once it is escalated), and tells the screens.
 */
export async function writeTicket(
  context: ServiceContext,
  filter: Filter<Ticket>,
  update: Update<Ticket>,
): Promise<Ticket | null> {
  const { models, changes } = context;
  const written = await models.tickets.findOneAndUpdate(filter, update, { returnDocument: 'after' }).lean();
  const ticket =
    written && isOpen(written) ? await settleDeadline(context, written, written.updatedAt) : written;
  if (ticket) changes.publish({ topic: 'ticket', id: ticket.number, conversationId: ticket.conversationId });
  return ticket;
}

/** Open, and the actor's own, nobody's, or any when the actor is a supervisor. */
export function changeableBy(actor: Actor, number: string): Filter<Ticket> {
  const open = { number, status: { $in: [...OPEN_STATUSES] } };
  return hasRole(actor, 'supervisor') ? open : { ...open, assigneeId: { $in: [null, actor.staffId] } };
}

/**
 * Says why a conditional write on an open ticket matched nothing.
 * @throws DomainError not-found, ticket-closed, ticket-taken or ticket-not-yours; conflict when the reason has gone
 */
export async function refuse(
  { models }: ServiceContext,
  number: string,
  whenTaken: 'ticket-taken' | 'ticket-not-yours',
): Promise<never> {
  const ticket = await models.tickets.findOne({ number }, { status: 1, assigneeId: 1 }).lean();
  if (!ticket) throw new DomainError('not-found');
  if (!isOpen(ticket)) throw new DomainError('ticket-closed');
  throw new DomainError(ticket.assigneeId === null ? 'conflict' : whenTaken);
}

export function isOpen({ status }: Pick<Ticket, 'status'>): boolean {
  return OPEN_STATUSES.some((open) => open === status);
}
