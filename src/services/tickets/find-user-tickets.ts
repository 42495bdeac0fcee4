import type { Filter } from '../../models/query.js';
import type { Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';

/** Whose tickets: those of this conversation and, once the person is known, of their other conversations. */
export interface TicketOwner {
  conversationId: string;
  contactId: string | null;
}

/** The user's own tickets, newest first. */
export async function findUserTickets(
  { models }: ServiceContext,
  owner: TicketOwner,
  limit: number,
): Promise<Ticket[]> {
  return models.tickets.find(ownedBy(owner)).sort({ _id: -1 }).limit(limit).lean();
}

export function ownedBy({ conversationId, contactId }: TicketOwner): Filter<Ticket> {
  return contactId === null ? { conversationId } : { $or: [{ conversationId }, { contactId }] };
}
