import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Appointment } from '../../models/appointment.js';
import { getOwnAppointment } from '../../services/appointments/find-own-appointments.js';
import { toldBeside, withTold } from '../identity/told-facts.js';
import { writesLetters } from '../letter.js';
import type { QuestionPart } from '../question-part.js';
import { newState, withDraft, type BookingState } from './draft.js';
import { ask, letterFile, proceed } from './next-step.js';
import { offerSessions } from './offer-sessions.js';
import { readLetter } from './read-letter.js';
import { readWish } from './read-wish.js';
import { option, sayPeriod, sayTime } from './say.js';
import { kindInWords } from './take-kind.js';
import { purposeInWords } from './take-purpose.js';
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

/** Where a booking begins: with a wish, a letter, or a request that exists. */
export async function beginBooking(turn: Turn, options: BookingOptions): Promise<Outcome> {
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
  // "Bisa pindah ke Rabu jam 10?" has said when.
  if (readWish(text, turn.now)) return takeSession(turn, state, { kind: 'text', text });
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

/** Files that came early: the letter; words with them tell of it or of the matter. */
export function withParts(turn: Turn, state: BookingState, parts: readonly QuestionPart[]): BookingState {
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
