import { defineDialog, type Outcome, type Turn } from '../../conversation/dialog.js';
import { understand } from '../../language/index.js';
import type { Ticket } from '../../models/ticket.js';
import { isBooking, isVoice } from '../../services/tickets/kinds.js';
import { promisedDate } from '../../services/deadlines/promised-date.js';
import { explainTicketDeadline } from '../../services/tickets/explain-ticket-deadline.js';
import { findUserTicket } from '../../services/tickets/find-user-ticket.js';
import { findUserTickets } from '../../services/tickets/find-user-tickets.js';
import { matterOf } from '../../services/tickets/matter-of.js';
import { ticketOutcome } from '../../services/tickets/ticket-outcome.js';
import { isOpen } from '../../services/tickets/write-ticket.js';
import { formatDate, formatDateTime } from '../../shared/format-time.js';
import { topicName } from '../consultation/topic.js';
import { zoneOf } from '../presence.js';
import { tellAnswer } from '../tell-answer.js';

/** How many tickets are listed to choose from; an older one is found by its number. */
const LISTED = 5;

/** Where a ticket stands: by its number, or from the user's own latest ones. Never somebody else's. */
export const ticketStatus = defineDialog<null, { number?: string } | undefined>({
  name: 'ticket-status',

  async begin(turn, options) {
    if (options?.number) return showByNumber(turn, options.number);
    const tickets = await findUserTickets(turn.services, owner(turn), LISTED);
    const [only] = tickets;
    if (!only) {
      turn.say(turn.t('ticket-status:none'));
      return { do: 'end' };
    }
    if (tickets.length === 1) return show(turn, only);
    list(turn, tickets);
    return { do: 'wait', state: null };
  },

  async continue(turn, _state, input) {
    if (input.kind === 'choice' && input.choice.startsWith('ticket:'))
      return showByNumber(turn, input.choice.slice('ticket:'.length));
    const number =
      input.kind === 'text' ? understand(input.text, { now: turn.now }).entities.ticket?.value : undefined;
    return number ? showByNumber(turn, number) : { do: 'yield' };
  },

  async reprompt(turn) {
    list(turn, await findUserTickets(turn.services, owner(turn), LISTED));
  },
});

/** The topic of a question; of a complaint, suggestion or booking what kind it is. */
function subject(turn: Turn, { kind, topicCode }: Ticket): string {
  if (isBooking(kind)) return turn.t(`booking:kinds.${kind}`);
  return isVoice(kind) ? turn.t(`complaint:choices.kind-${kind}`) : topicName(turn, topicCode);
}

function list(turn: Turn, tickets: readonly Ticket[]): void {
  turn.matter = tickets.map(matterOf).find((matter) => matter !== null) ?? null;
  turn.say(turn.t('ticket-status:which'), {
    choices: tickets.map((ticket) => ({ id: `ticket:${ticket.number}`, title: title(turn, ticket) })),
  });
}

async function showByNumber(turn: Turn, number: string): Promise<Outcome> {
  const ticket = await findUserTicket(turn.services, { number, ...owner(turn) });
  if (ticket) return show(turn, ticket);
  turn.say(turn.t('ticket-status:notFound', { number }));
  return { do: 'end' };
}

async function show(turn: Turn, ticket: Ticket): Promise<Outcome> {
  turn.matter = matterOf(ticket);
  const when = { language: turn.language, zone: zoneOf(ticket.profile) };
  const details = {
    number: ticket.number,
    topic: subject(turn, ticket),
    received: formatDateTime(ticket.receivedAt, when),
    due: formatDateTime(promisedDate(ticket), when),
    resolved: ticket.resolvedAt ? formatDateTime(ticket.resolvedAt, when) : '',
    closed: ticket.closedAt ? formatDateTime(ticket.closedAt, when) : '',
    reason: ticket.closeReason ?? '',
    agent: ticket.assigneeName ?? '',
    session: ticket.appointment?.startsAt ? formatDateTime(ticket.appointment.startsAt, when) : '',
  };
  const status = turn.t(statusKey(ticket), details);
  const lines = [turn.t('ticket-status:ticket', { ...details, status })];
  if (isOpen(ticket)) {
    const explanation = explainTicketDeadline(turn.services, { ticket, now: turn.now, ...when });
    lines.push(turn.t('ticket-status:counted', { explanation }));
  }
  turn.say(lines.join('\n'));
  if (ticket.status === 'resolved') tellAnswer(turn, await ticketOutcome(turn.services, ticket._id));
  return { do: 'end' };
}

/** Of a booking how it stands; what an agent asked the user about it comes first. */
function statusKey({ status, appointment }: Ticket): string {
  const asked = status === 'waiting-user' && appointment?.state !== 'awaiting-letter';
  if (!appointment || asked || appointment.state === 'scheduled') return `ticket-status:statuses.${status}`;
  return `ticket-status:bookings.${appointment.state}`;
}

function title(turn: Turn, ticket: Ticket): string {
  return `${ticket.number} · ${subject(turn, ticket)} · ${formatDate(ticket.receivedAt, { language: turn.language })}`;
}

function owner(turn: Turn): { conversationId: string; contactId: string | null } {
  return { conversationId: turn.conversation._id, contactId: turn.contactId };
}
