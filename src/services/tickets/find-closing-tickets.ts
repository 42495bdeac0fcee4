import type { Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';

/** Resolved tickets whose BAK is not yet made, mailed and told, oldest first. */
export async function findClosingTickets({ models }: ServiceContext, limit: number): Promise<Ticket[]> {
  return models.tickets.find({ closingPending: true }).sort({ _id: 1 }).limit(limit).lean();
}
