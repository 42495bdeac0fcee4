import type { Ticket } from '../../models/ticket.js';
import type { Change } from '../../shared/change-feed.js';

/** What screens are told when a ticket has changed: nothing of whose it is when it is anonymous, nothing to whom it is hidden from (R-A8). */
export function ticketChange(ticket: Ticket): Change {
  const { number: id, kind, conversationId, anonymous, assigneeId, concernsStaffId = null } = ticket;
  return {
    ...{ topic: 'ticket', id },
    ...(anonymous ? {} : { conversationId }),
    ...(kind === 'complaint' ? { complaint: { assigneeId, concernsStaffId } } : {}),
  };
}
