import type { Dialog, Interruption, Turn } from '../conversation/dialog.js';
import type { ConversationEvent } from '../models/message.js';
import type { Ticket } from '../models/ticket.js';
import { promisedDate } from '../services/deadlines/promised-date.js';
import { unitNames } from '../services/escalations/escalation-view.js';
import { isBooking } from '../services/tickets/kinds.js';
import { matterOf } from '../services/tickets/matter-of.js';
import { ticketOutcome } from '../services/tickets/ticket-outcome.js';
import { formatDateTime } from '../shared/format-time.js';
import { announceDeadline } from './announce-deadline.js';
import { announceAppointment } from './booking-news.js';
import { forgetTicket } from './forget-ticket.js';
import { writesLetters } from './letter.js';
import { zoneOf } from './presence.js';

/** Tells the user what happened in the office; whatever dialog is at the `top` goes on afterwards. */
export async function announceEvent(
  turn: Turn,
  event: ConversationEvent,
  top: { dialog: Dialog; state: unknown } | undefined,
): Promise<Interruption> {
  const open = top?.dialog.name;
  switch (event.name) {
    case 'ticket-resolved':
      await forgetTicket(turn, event.ticketId);
      return { do: 'digress', dialog: 'feedback', options: { ticketId: event.ticketId } };
    case 'ticket-closed': {
      await forgetTicket(turn, event.ticketId);
      const { ticket } = await ticketOutcome(turn.services, event.ticketId);
      if (isToldAsBooking(ticket)) return { do: 'wait' };
      turn.matter = matterOf(ticket);
      turn.say(turn.t('feedback:closed', { number: ticket.number, reason: ticket.closeReason ?? '' }));
      return { do: 'reprompt' };
    }
    case 'ticket-late':
    case 'deadline-moved':
      return announceDeadline(turn, event, open);
    case 'taken-over':
      // By letter the person's own words say so, and nobody waits for an assistant's.
      if (!writesLetters(turn)) turn.say(turn.t('hand-over:takenOver', { name: event.staffName ?? '' }));
      return { do: 'wait' };
    case 'handed-back':
      if (writesLetters(turn)) return { do: 'wait' };
      turn.say(turn.t(open === undefined ? 'hand-over:handedBackIdle' : 'hand-over:handedBack'));
      return { do: open === 'talk-to-agent' ? 'back' : 'reprompt' };
    case 'escalated':
      await tellEscalated(turn, event);
      return { do: open === 'talk-to-agent' ? 'wait' : 'reprompt' };
    case 'unit-asks': {
      const { escalationId, entry } = event;
      return { do: 'digress', dialog: 'unit-question', options: { escalationId, entry } };
    }
    case 'appointment':
      return announceAppointment(turn, event, top);
  }
}

/** A booking that was missed, declined, or cancelled by the user themselves has its own words. */
function isToldAsBooking({ kind, appointment, closedById }: Ticket): boolean {
  return isBooking(kind) && !(appointment?.state === 'cancelled' && closedById !== null);
}

/** R-A4: the date moves once a unit is asked. */
async function tellEscalated(turn: Turn, { ticketId }: ConversationEvent): Promise<void> {
  const { ticket } = await ticketOutcome(turn.services, ticketId);
  const code = ticket.escalation?.unitCode ?? ticket.unitCode;
  const unit = (await unitNames(turn.services))(code).name;
  const due = formatDateTime(promisedDate(ticket), { language: turn.language, zone: zoneOf(ticket.profile) });
  turn.say(turn.t('unit-question:escalated', { number: ticket.number, unit, due }));
}
