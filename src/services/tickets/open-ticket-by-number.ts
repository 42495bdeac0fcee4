import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { visibleTo } from './visible-to.js';
import { isOpen } from './write-ticket.js';

/**
 * A ticket that is still worked on, if the actor may see it.
 * @throws DomainError not-found, ticket-closed
 */
export async function openTicketByNumber(
  { models }: ServiceContext,
  { number, actor }: { number: string; actor: Actor },
): Promise<Ticket> {
  const ticket = await models.tickets.findOne({ number, $and: [visibleTo(actor)] }).lean();
  if (!ticket) throw new DomainError('not-found');
  if (!isOpen(ticket)) throw new DomainError('ticket-closed');
  return ticket;
}
