import type { Interruption, Turn } from '../conversation/dialog.js';
import type { ConversationEvent } from '../models/message.js';
import { ticketOutcome } from '../services/tickets/ticket-outcome.js';

/** Tells the user what happened in the office; whatever dialog is open goes on afterwards. */
export async function announceEvent(
  turn: Turn,
  event: ConversationEvent,
  somethingOpen: boolean,
): Promise<Interruption> {
  switch (event.name) {
    case 'ticket-resolved':
      forget(turn, event.ticketId);
      return { do: 'digress', dialog: 'feedback', options: { ticketId: event.ticketId } };
    case 'ticket-closed': {
      forget(turn, event.ticketId);
      const { ticket } = await ticketOutcome(turn.services, event.ticketId);
      turn.say(turn.t('feedback:closed', { number: ticket.number, reason: ticket.closeReason ?? '' }));
      return { do: 'reprompt' };
    }
    case 'handed-back':
      turn.say(turn.t(somethingOpen ? 'hand-over:handedBack' : 'hand-over:handedBackIdle'));
      return { do: 'reprompt' };
  }
}

function forget(turn: Turn, ticketId: string): void {
  if (turn.openTicketId === ticketId) turn.openTicketId = null;
}
