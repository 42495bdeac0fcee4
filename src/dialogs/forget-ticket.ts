import type { Turn } from '../conversation/dialog.js';
import { newestOpenTicket } from '../services/tickets/newest-open-ticket.js';

/** What the user writes next belongs to the ticket that is still open, if there is one. */
export async function forgetTicket(turn: Turn, ticketId: string): Promise<void> {
  if (turn.openTicketId !== ticketId) return;
  const { _id: conversationId } = turn.conversation;
  const other = await newestOpenTicket(turn.services, { conversationId, except: ticketId });
  turn.openTicketId = other?._id ?? null;
}
