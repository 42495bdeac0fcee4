import type { Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';
import { ownedBy, type TicketOwner } from './find-user-tickets.js';

/** The ticket of that number if it is the user's own; of a stranger's nothing is said, not even that it exists. */
export async function findUserTicket(
  { models }: ServiceContext,
  { number, ...owner }: TicketOwner & { number: string },
): Promise<Ticket | undefined> {
  const ticket = await models.tickets
    .findOne({ number: number.trim().toUpperCase(), ...ownedBy(owner) })
    .lean();
  return ticket ?? undefined;
}
