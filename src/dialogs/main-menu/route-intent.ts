import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Choice } from '../../models/message.js';
import { understand, type Intent } from '../../language/index.js';
import { noteUserMessage } from '../../services/tickets/note-user-message.js';
import { matterOf } from '../../services/tickets/matter-of.js';
import { ticketOutcome } from '../../services/tickets/ticket-outcome.js';
import { isPaper } from '../booking/awaiting.js';
import type { BookingOptions } from '../booking/begin-booking.js';
import type { ComplaintOptions } from '../complaint/complaint.js';
import type { ConsultationOptions } from '../consultation/consultation.js';
import { agentChoice, countMiss, offerPerson } from '../count-miss.js';
import { switchLanguage } from '../switch-language.js';
import { keepPart } from '../keep-part.js';
import { bookingWish } from '../my-bookings/booking-wish.js';
import { newQuestionIn, writesLetters } from '../letter.js';
import type { QuestionPart } from '../question-part.js';
import { greeting } from './greeting.js';
import { newMenuState, secondsNow, type MenuState } from './menu-state.js';
import { isQuestion, isRequest, isStory } from './kind-of-text.js';

/** What is not done in this chat, but elsewhere or by a person. */
const OTHER_WAYS = ['request_information', 'object'] as const satisfies readonly Intent[];
type OtherWay = (typeof OTHER_WAYS)[number];

/** Begins what the user wants, or says honestly what is not possible here. */
export async function route(turn: Turn, intent: Intent, text: string, state: MenuState): Promise<Outcome> {
  const letter = writesLetters(turn) && routeLetter(turn, intent, text, state);
  if (letter) return letter;
  const wish = bookingWish(text);
  if (wish) return begin('my-bookings', state, { wish, text });
  return isOtherWay(intent) ? otherWay(turn, intent, state) : routeHere(turn, intent, text, state);
}

/** What is done in this chat. */
async function routeHere(
  turn: Turn,
  intent: Exclude<Intent, OtherWay>,
  text: string,
  state: MenuState,
): Promise<Outcome> {
  switch (intent) {
    case 'consult':
      return consult(turn, text, state);
    case 'ticket_status':
      return begin('ticket-status', state, {
        number: understand(text, { now: turn.now }).entities.ticket?.value,
      });
    case 'service_info':
      return begin('service-info', state, { text });
    case 'talk_to_agent':
      return begin('talk-to-agent', state);
    case 'complain':
    case 'suggest':
      return beginComplaint(state, { kind: VOICES[intent], text, parts: state.held });
    case 'book_visit':
    case 'book_video':
      return beginBooking(state, { kind: BOOKINGS[intent], text, parts: state.held });
    case 'reschedule':
      return begin('my-bookings', state, { wish: 'move', text });
    case 'switch_language':
      switchLanguage(turn, text);
      return showMenu(turn, state);
    case 'thanks':
      turn.say(turn.t('menu:youAreWelcome'));
      return { do: 'wait', state };
    case 'greet':
      greetAgain(turn);
      return showMenu(turn, state);
    case 'menu':
    case 'cancel':
      return showMenu(turn, state);
    default:
      return isStory(text) || (turn.openTicketId && WORDS.test(text))
        ? offerHeld(turn, withText(turn, state, text), intent)
        : missed(turn, state);
  }
}

/** What only letters do: a separate question is announced as one, anything else belongs to the open ticket. */
function routeLetter(
  turn: Turn,
  intent: Intent,
  text: string,
  state: MenuState,
): Outcome | Promise<Outcome> | undefined {
  const separate = newQuestionIn(text);
  if (separate !== undefined) return beginConsultation(state, { parts: textPart(separate) });
  const adds = turn.openTicketId !== null && isAddition(intent, text);
  return adds ? appendHeld(turn, withText(turn, state, text)) : undefined;
}

async function consult(turn: Turn, text: string, state: MenuState): Promise<Outcome> {
  const question = isQuestion(text) && !isRequest(text);
  if (question && (turn.openTicketId ?? state.kept)) {
    return offerHeld(turn, withText(turn, state, text), 'consult');
  }
  if (state.kept) return { do: 'end' };
  return beginConsultation(
    state,
    question ? { parts: [{ kind: 'text', text }] } : { parts: [], request: text },
  );
}

/** "Is this a question for us?" – what the user wrote is kept and becomes the question's beginning. */
export async function offerHeld(turn: Turn, state: MenuState, intent: Intent): Promise<Outcome> {
  const free = !turn.openTicketId && !state.kept;
  const letters = writesLetters(turn);
  if ((intent === 'consult' || letters) && free) return beginConsultation(state, { parts: state.held });
  // An answer to our letter belongs to what that was about; who means something else is told how to say so.
  if (letters && !state.kept) return appendHeld(turn, state);
  const open = turn.openTicketId
    ? (await ticketOutcome(turn.services, turn.openTicketId)).ticket.number
    : undefined;
  const append: Choice[] = open
    ? [{ id: 'held:append', title: turn.t('menu:held.append', { number: open }) }]
    : [];
  const resume: Choice[] = state.kept ? [{ id: 'held:resume', title: turn.t('menu:held.resume') }] : [];
  const question = state.kept ? 'menu:held.askKept' : open ? 'menu:held.askOpen' : 'menu:held.ask';
  turn.say(turn.t(question, { number: open ?? '' }), {
    choices: [
      ...resume,
      ...append,
      { id: 'held:consult', title: turn.t(state.kept ? 'menu:held.new' : 'menu:held.consult') },
      ...(!state.kept && state.held.some(isPaper)
        ? [{ id: 'held:booking', title: turn.t('menu:held.booking') }]
        : []),
      agentChoice(turn),
      { id: 'command:menu', title: turn.t('common:choices.menu') },
    ],
  });
  return { do: 'wait', state: { ...state, askedAt: secondsNow(turn) } };
}

export async function takeMenuChoice(
  turn: Turn,
  state: MenuState,
  choice: string,
  more = '',
): Promise<Outcome> {
  switch (choice) {
    case 'menu:resume':
    case 'menu:consult':
      return state.kept ? { do: 'end' } : beginConsultation(state, { parts: textPart(more) });
    case 'menu:status':
      return begin('ticket-status', state, {});
    case 'menu:info':
      return begin('service-info', state, { text: '' });
    case 'menu:agent':
      return begin('talk-to-agent', state);
    case 'menu:booking':
      return beginBooking(state, { text: more });
    case 'menu:complaint':
      return beginComplaint(state, { text: more });
    case 'menu:language':
      switchLanguage(turn);
      return showMenu(turn, state);
    case 'held:resume':
      return state.kept ? { do: 'end', result: state.held } : beginConsultation(state, { parts: state.held });
    case 'held:consult':
      return beginConsultation(state, { parts: state.held });
    case 'held:booking':
      return beginBooking(state, { parts: state.held });
    case 'held:append':
      return appendHeld(turn, state);
    default:
      return showMenu(turn, state);
  }
}

export function showMenu(turn: Turn, before?: MenuState): Outcome {
  const first = before?.kept ? 'resume' : 'consult';
  turn.say(turn.t('menu:title'), {
    choices: [first, 'booking', 'status', 'info', 'agent', 'complaint', 'language'].map((item) => ({
      id: `menu:${item}`,
      title: turn.t(`menu:items.${item}`),
    })),
  });
  return { do: 'wait', state: newMenuState(turn, before) };
}

/** "Ya" to "is this for your ticket?" or "is this a question for us?". */
export async function acceptHeld(turn: Turn, state: MenuState): Promise<Outcome> {
  if (state.kept) return { do: 'end', result: state.held };
  return turn.openTicketId === null
    ? beginConsultation(state, { parts: state.held })
    : appendHeld(turn, state);
}

export function greetAgain(turn: Turn): void {
  const { name } = turn.profile;
  const key = name === undefined ? 'menu:welcomeBack' : 'menu:welcomeBackNamed';
  turn.say(turn.t(key, { greeting: greeting(turn), name }));
}

async function appendHeld(turn: Turn, state: MenuState): Promise<Outcome> {
  const ticketId = turn.openTicketId;
  if (ticketId === null) return beginConsultation(state, { parts: state.held });
  const { _id: conversationId } = turn.conversation;
  await noteUserMessage(turn.services, {
    ticketId,
    conversationId,
    messageId: turn.messageId,
    now: turn.now,
  });
  const { ticket } = await ticketOutcome(turn.services, ticketId);
  turn.matter = matterOf(ticket);
  turn.say(turn.t('menu:held.appended', { number: ticket.number }));
  if (writesLetters(turn)) turn.say(turn.t('letter:newQuestion'));
  return { do: 'wait', state: { ...state, held: [] } };
}

function missed(turn: Turn, state: MenuState): Outcome {
  const offers = countMiss(turn);
  if (offers.length === 0) {
    turn.say(turn.t('menu:notUnderstood'));
    return showMenu(turn, state);
  }
  turn.say(turn.t('menu:notUnderstoodAgain'), { choices: offers });
  return { do: 'wait', state };
}

function isOtherWay(intent: Intent): intent is OtherWay {
  return (OTHER_WAYS as readonly Intent[]).includes(intent);
}

/** What cannot be done in this chat is said with the way that works and a person to ask. */
function otherWay(turn: Turn, intent: OtherWay, state: MenuState): Outcome {
  const { phone, whatsapp, email } = turn.services.config.contact;
  offerPerson(turn, turn.t(`menu:otherWay.${intent}`, { phone, whatsapp, email }));
  return { do: 'wait', state };
}

/** Requests that are answered by themselves, also in the thread of a ticket. */
const ASIDE: ReadonlySet<Intent> = new Set([
  ...(['ticket_status', 'talk_to_agent', 'service_info'] as const),
  ...(['switch_language', 'menu', 'cancel'] as const),
]);

/** Whoever answers a letter about a ticket writes to the people who work on it; a word of thanks needs nobody. */
function isAddition(intent: Intent, text: string): boolean {
  const polite = intent === 'thanks' || intent === 'greet';
  return !ASIDE.has(intent) && WORDS.test(text) && (!polite || isQuestion(text));
}

function textPart(text: string): QuestionPart[] {
  return text === '' ? [] : [{ kind: 'text', text }];
}

function withText(turn: Turn, state: MenuState, text: string): MenuState {
  return { ...state, held: keepPart(turn, state.held, { kind: 'text', text }) ?? state.held };
}

/** A stray number or sign is no addition to a ticket. */
const WORDS = /\p{L}{2}/u;

/** A new consultation; one that was kept below the menu is dropped for it. */
function beginConsultation(state: MenuState, options: ConsultationOptions): Outcome {
  if (state.kept) return { do: 'restart', dialog: 'main-menu', options: { start: options } };
  return begin('consultation', { ...state, held: [] }, options);
}

/** Begins above a form that was kept below the menu: a complaint does not cost what was written for a question. */
function beginComplaint(state: MenuState, options: ComplaintOptions): Outcome {
  return begin('complaint', { ...state, held: [] }, options);
}

/** Begins above a form that was kept, as a complaint does. */
function beginBooking(state: MenuState, options: BookingOptions): Outcome {
  return begin('booking', { ...state, held: [] }, options);
}

const BOOKINGS = { book_visit: 'visit', book_video: 'video' } as const;

const VOICES = { complain: 'complaint', suggest: 'suggestion' } as const;

function begin(dialog: string, state: MenuState, options?: unknown): Outcome {
  return { do: 'begin', dialog, options, state };
}
