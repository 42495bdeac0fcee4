import { defineDialog, type Turn } from '../../conversation/dialog.js';
import { noteUserMessage } from '../../services/tickets/note-user-message.js';
import { openTicket } from '../../services/tickets/open-ticket.js';
import { matterOf } from '../../services/tickets/matter-of.js';
import { ticketOutcome } from '../../services/tickets/ticket-outcome.js';
import { explainRefusal } from '../explain-refusal.js';
import { presence } from '../presence.js';
import { FALLBACK_TOPIC } from './fallback-topic.js';

interface State {
  ticketId: string;
  /** Told once that what is written goes to the people. */
  told: boolean;
}

const REQUESTED = {
  open: 'hand-over:requested',
  break: 'hand-over:requestedBreak',
  closed: 'hand-over:requestedLater',
} as const;

/** Asks for a person: a ticket in the queue, and an honest word about when someone answers (R-T3). */
export const talkToAgent = defineDialog<State>({
  name: 'talk-to-agent',

  async begin(turn) {
    const ticketId = turn.openTicketId ?? (await requestPerson(turn));
    const { ticket } = await ticketOutcome(turn.services, ticketId);
    turn.matter = matterOf(ticket);
    if (ticketId === turn.openTicketId) await forward(turn, ticketId);
    turn.openTicketId = ticketId;
    const { state, ...when } = presence(turn);
    turn.say(turn.t(REQUESTED[state], { number: ticket.number, ...when }), {
      choices: [{ id: 'command:menu', title: turn.t('common:choices.menu') }],
      numbered: false,
    });
    return { do: 'wait', state: { ticketId, told: false } };
  },

  async continue(turn, state, input) {
    if (explainRefusal(turn, input) || input.kind === 'wake') return { do: 'wait', state };
    if (turn.openTicketId !== state.ticketId) return { do: 'yield' };
    await forward(turn, state.ticketId);
    if (!state.told) turn.say(turn.t('hand-over:forwarded'));
    return { do: 'wait', state: { ...state, told: true } };
  },

  reprompt(turn, state) {
    if (turn.openTicketId === state.ticketId) turn.say(turn.t('hand-over:waiting'));
  },

  isOver: (turn, state) => turn.openTicketId !== state.ticketId,

  freeText: () => true,
});

async function requestPerson(turn: Turn): Promise<string> {
  const ticket = await openTicket(turn.services, {
    key: `${turn.key}:agent`,
    kind: 'assistance',
    conversation: { ...turn.conversation, contactId: turn.contactId },
    profile: turn.profile,
    language: turn.language,
    topicCode: FALLBACK_TOPIC,
    question: '',
    attachments: [],
    receivedAt: turn.receivedAt,
    now: turn.now,
  });
  return ticket._id;
}

async function forward(turn: Turn, ticketId: string): Promise<void> {
  const { _id: conversationId } = turn.conversation;
  await noteUserMessage(turn.services, {
    ticketId,
    conversationId,
    messageId: turn.messageId,
    now: turn.now,
  });
}
