import { OPEN_STATUSES, type Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';

/** The newest ticket of a conversation that still waits for an answer, another than `except`. */
export async function newestOpenTicket(
  { models }: ServiceContext,
  { conversationId, except }: { conversationId: string; except: string },
): Promise<Ticket | undefined> {
  const ticket = await models.tickets
    .findOne({ conversationId, _id: { $ne: except }, status: { $in: [...OPEN_STATUSES] } })
    .sort({ _id: -1 })
    .lean();
  return ticket ?? undefined;
}
