import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { isOpen } from './write-ticket.js';

/**
 * A ticket that is still worked on.
 * @throws DomainError not-found, ticket-closed
 */
export async function openTicketByNumber({ models }: ServiceContext, number: string): Promise<Ticket> {
  const ticket = await models.tickets.findOne({ number }).lean();
  if (!ticket) throw new DomainError('not-found');
  if (!isOpen(ticket)) throw new DomainError('ticket-closed');
  return ticket;
}
