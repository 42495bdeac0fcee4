import { defineDialog, LEFT, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import type { Appointment } from '../../models/appointment.js';
import { getOwnAppointment } from '../../services/appointments/find-own-appointments.js';
import type { IdentityResult } from '../identity/identity.js';
import { toldBeside, withTold } from '../identity/told-facts.js';
import { writesLetters } from '../letter.js';
import type { QuestionPart } from '../question-part.js';
import { askLetter } from './ask-letter.js';
import { askPurpose } from './ask-purpose.js';
import { askKind, askMeans } from './ask-kind.js';
import { askLeaving } from './ask-waiting.js';
import { newState, withDraft, type BookingState } from './draft.js';
import { showConfirm } from './hold.js';
import { ask, letterFile, proceed } from './next-step.js';
import { offerSessions } from './offer-sessions.js';
import { readLetter } from './read-letter.js';
import { speaksOfTime } from './read-wish.js';
import { option, sayPeriod, sayTime } from './say.js';
import { takeConfirm, takeFreed, takeLeaving, takeWaiting } from './take-confirm.js';
import { takeGuests, takePosition } from './take-guests.js';
import { kindInWords, takeChange, takeKanwil, takeKind, takeKnown, takeMeans } from './take-kind.js';
import { takeLetter } from './take-letter.js';
import { purposeInWords, takePurpose, takeTopic } from './take-purpose.js';
import { takeSession } from './take-session.js';

export interface BookingOptions {
  kind?: 'visit' | 'video';
  /** The words it was asked for with. */
  text?: string;
  /** What was written or sent before there was a place for it. */
  parts?: readonly QuestionPart[];
  /** A request that exists: its letter, or its time, is still to come. */
  appointmentId?: string;
  /** Requests one of which a letter is for. */
  among?: readonly string[];
  /** What of it is wanted; its time unless given. */
  wish?: 'letter' | 'guests' | 'freed';
  /** Said before the times. */
  lead?: string;
  /** yyyy-MM-dd: where the times begin. */
  from?: string;
  /** Start of a time that was held and is offered again, ISO. */
  again?: string;
}

/** Seconds in which the files of a letter arrive after its words. */
const LISTENING_SECONDS = 5;

/** A visit or video conference from the wish to the confirmed time (R-B1 to R-B3, R-C1 to R-C6). */
export const booking = defineDialog<BookingState, BookingOptions | undefined>({
  name: 'booking',

  begin: (turn, options) => begin(turn, options ?? {}),

  async continue(turn, state, input) {
    if (state.appointmentId === undefined) return takeDraft(turn, state, input);
    const { state: stands } = await getOwnAppointment(turn.services, state.appointmentId);
    // Where a turn is run again its step is done already, and is said once more.
    if (stands === 'awaiting-letter' || state.at === 'letter') return takeLetter(turn, state, input);
    const open = stands === 'planning' || stands === 'scheduled' || state.at === 'leaving';
    if (open) return takeTime(turn, state, input);
    // The office has ended it meanwhile, and the chat was told.
    return input.kind === 'wake' ? { do: 'end' } : { do: 'yield' };
  },

  async resume(turn, state, result) {
    if (result === LEFT) {
      turn.say(turn.t('common:cancelled'));
      return { do: 'end', result: LEFT };
    }
    const { profile, parts } = result as IdentityResult;
    turn.profile = profile;
    return proceed(turn, withParts(turn, withDraft(state, { profile, confirmed: true }), parts));
  },

  takeAlong: (turn, state, result) => withParts(turn, state, result as QuestionPart[]),

  async reprompt(turn, state) {
    await ask(turn, state);
  },

  back: (turn, state) => back(turn, state),

  wakeAfter: (_turn, { listening }) => (listening ? LISTENING_SECONDS : undefined),

  // "Batal" does not undo a request that the office has; and days and hours are answers here.
  expects: ({ at, appointmentId }, text) =>
    appointmentId !== undefined &&
    (recogniseCommand(text) === 'cancel' || (TIMES.has(at) && speaksOfTime(text))),

  freeText: ({ at }) => FREE.has(at),
});

const TIMES: ReadonlySet<BookingState['at']> = new Set([
  'sessions',
  'freed',
  'waiting',
  'confirm',
  'leaving',
]);
const FREE: ReadonlySet<BookingState['at']> = new Set(['purpose', 'letter', 'guests', 'position']);

async function begin(turn: Turn, options: BookingOptions): Promise<Outcome> {
  const { appointmentId, text = '', parts = [] } = options;
  if (appointmentId !== undefined) return beginWith(turn, { ...options, appointmentId });
  if (options.among) return askWhich(turn, options.among, text, parts);
  const words = [text, ...parts.map((part) => (part.kind === 'text' ? part.text : ''))].join('\n').trim();
  const kind = options.kind ?? kindInWords(words);
  const profile = writesLetters(turn) ? turn.profile : withTold(turn.profile, toldBeside(words));
  const purpose = writesLetters(turn) ? words : purposeInWords(words);
  const letter = writesLetters(turn) ? readLetter(words, turn.now) : {};
  const state = withParts(turn, newState(turn, { kind, profile, purpose, letter }), parts);
  if (state.draft.letter.file) turn.say(turn.t('booking:fileKept'));
  else if (kind !== null) turn.say(turn.t(`booking:intro.${kind}`));
  // The files of a letter follow its words.
  if (writesLetters(turn) && !state.draft.letter.file && kind !== null)
    return { do: 'wait', state: { ...state, at: 'letter', listening: true } };
  return proceed(turn, state);
}

/** Goes on with a request that exists. */
async function beginWith(
  turn: Turn,
  {
    appointmentId,
    wish,
    lead,
    from,
    again,
    text = '',
    parts = [],
  }: BookingOptions & { appointmentId: string },
): Promise<Outcome> {
  const appointment = await getOwnAppointment(turn.services, appointmentId);
  const { kind, purpose, topicCode } = appointment;
  const letter = readLetter(text, turn.now);
  const draft = {
    kind: kind === 'visit' ? ('visit' as const) : ('video' as const),
    purpose,
    topicCode,
    letter,
  };
  const state = { ...withParts(turn, newState(turn, draft), parts), appointmentId };
  if (wish === 'letter' || appointment.state === 'awaiting-letter') return beginLetter(turn, state);
  if (wish === 'guests') return ask(turn, { ...state, at: 'guests' });
  if (wish === 'freed' && appointment.held) return offerFreed(turn, state, appointment);
  const offering = again === undefined ? state : { ...state, again };
  return offerSessions(turn, offering, {
    ...(lead === undefined ? {} : { lead }),
    ...(from === undefined ? {} : { from, others: true }),
  });
}

/** R-B1: several requests wait for their letter. */
async function askWhich(
  turn: Turn,
  among: readonly string[],
  text: string,
  parts: readonly QuestionPart[],
): Promise<Outcome> {
  const requests = await Promise.all(among.map((id) => getOwnAppointment(turn.services, id)));
  turn.say(turn.t('booking:letterWhich'), {
    choices: requests.map((one) => ({ id: `letter-for:${one._id}`, title: requestTitle(turn, one) })),
  });
  const state = withParts(turn, newState(turn, { letter: readLetter(text, turn.now) }), parts);
  return { do: 'wait', state: { ...state, at: 'letter-for' } };
}

function requestTitle(turn: Turn, { ticketNumber, kind, purpose }: Appointment): string {
  return `${ticketNumber} · ${turn.t(`booking:kinds.${kind}`)} · ${purpose.slice(0, 60)}`;
}

function takeWhich(turn: Turn, state: BookingState, input: Input): Outcome | Promise<Outcome> {
  const chosen = input.kind === 'choice' ? /^letter-for:(.+)$/u.exec(input.choice)?.[1] : undefined;
  if (chosen !== undefined) return proceed(turn, { ...state, at: 'letter', appointmentId: chosen });
  const more = letterFile(turn, state, input);
  return more ? { do: 'wait', state: more } : { do: 'yield' };
}

function beginLetter(turn: Turn, state: BookingState): Outcome | Promise<Outcome> {
  if (writesLetters(turn)) return { do: 'wait', state: { ...state, at: 'letter', listening: true } };
  return proceed(turn, state);
}

/** For who waited: a time that is kept for them a while. */
function offerFreed(turn: Turn, state: BookingState, { held }: Appointment): Outcome {
  if (held)
    turn.say(
      turn.t('booking:news.freed', { period: sayPeriod(turn, held), until: sayTime(turn, held.until) }),
      {
        choices: [option(turn, 'freed:take'), option(turn, 'sessions:other'), option(turn, 'freed:leave')],
      },
    );
  return { do: 'wait', state: { ...state, at: 'freed' } };
}

/** Before the request is made. */
function takeDraft(turn: Turn, state: BookingState, input: Input): Outcome | Promise<Outcome> {
  switch (state.at) {
    case 'kind':
      return takeKind(turn, state, input);
    case 'known':
      return takeKnown(turn, state, input);
    case 'change':
      return takeChange(turn, state, input);
    case 'purpose':
      return takePurpose(turn, state, input);
    case 'topic':
      return takeTopic(turn, state, input);
    case 'means':
      return takeMeans(turn, state, input);
    case 'kanwil':
      return takeKanwil(turn, state, input);
    case 'letter-for':
      return takeWhich(turn, state, input);
    default:
      return takeLetter(turn, state, input);
  }
}

/** Once it is made: the time, the guests, the confirmation. */
function takeTime(turn: Turn, state: BookingState, input: Input): Outcome | Promise<Outcome> {
  switch (state.at) {
    case 'freed':
      return takeFreed(turn, state, input);
    case 'waiting':
      return takeWaiting(turn, state, input);
    case 'leaving':
      return takeLeaving(turn, state, input);
    case 'guests':
      return takeGuests(turn, state, input);
    case 'position':
      return takePosition(turn, state, input);
    case 'confirm':
      return takeConfirm(turn, state, input);
    default:
      return takeSession(turn, state, input);
  }
}

function back(turn: Turn, state: BookingState): Outcome | undefined | Promise<Outcome | undefined> {
  switch (state.at) {
    case 'purpose':
      return askKind(turn, withDraft(state, { kind: null }));
    case 'topic':
      return askPurpose(turn, withDraft(state, { purpose: '' }));
    case 'letter':
      return state.appointmentId === undefined
        ? askPurpose(turn, withDraft(state, { purpose: '', topicCode: null }))
        : undefined;
    case 'means':
      return askLetter(turn, withDraft(state, { letter: {}, letterLater: false }));
    case 'kanwil':
      return askMeans(turn, withDraft(state, { network: null }));
    case 'sessions':
      return askLeaving(turn, state);
    case 'guests':
    case 'position':
    case 'waiting':
    case 'leaving':
      return offerSessions(turn, state, { others: true });
    case 'confirm':
      return state.guests.length > 0
        ? ask(turn, { ...state, at: 'guests' })
        : offerSessions(turn, state, { others: true });
    case 'freed':
      return showConfirm(turn, state);
    default:
      turn.say(turn.t('common:cancelled'));
      return { do: 'end', result: LEFT };
  }
}

/** Files that came early: the letter; words with them tell of it or of the matter. */
function withParts(turn: Turn, state: BookingState, parts: readonly QuestionPart[]): BookingState {
  let next = state;
  for (const part of parts) {
    const { draft } = next;
    if (part.kind === 'text') next = draft.purpose === '' ? withDraft(next, { purpose: part.text }) : next;
    else next = withCaption(turn, letterFile(turn, next, part) ?? next, part.caption);
  }
  return next;
}

function withCaption(turn: Turn, state: BookingState, caption = ''): BookingState {
  return withDraft(state, { letter: { ...readLetter(caption, turn.now), ...state.draft.letter } });
}
