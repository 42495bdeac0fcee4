import { defineDialog, LEFT, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { getOwnAppointment } from '../../services/appointments/find-own-appointments.js';
import type { IdentityResult } from '../identity/identity.js';
import type { QuestionPart } from '../question-part.js';
import { dropsBooking } from '../my-bookings/booking-wish.js';
import { askLetter } from './ask-letter.js';
import { askPurpose } from './ask-purpose.js';
import { askKind, askMeans } from './ask-kind.js';
import { askLeaving } from './ask-waiting.js';
import { beginBooking, withParts, type BookingOptions } from './begin-booking.js';
import { asksOtherTime, isAnswerHere, takeBeside } from './take-beside.js';
import { withDraft, type BookingState } from './draft.js';
import { showConfirm } from './hold.js';
import { ask, letterFile, proceed } from './next-step.js';
import { offerSessions } from './offer-sessions.js';
import { speaksOfTime } from './read-wish.js';
import { takeConfirm, takeFreed, takeLeaving, takeWaiting } from './take-confirm.js';
import { takeGuests, takePosition } from './take-guests.js';
import { takeChange, takeKanwil, takeKind, takeKnown, takeMeans } from './take-kind.js';
import { takeLetter } from './take-letter.js';
import { takePurpose, takeTopic } from './take-purpose.js';
import { takeSession } from './take-session.js';

/** Seconds in which the files of a letter arrive after its words. */
const LISTENING_SECONDS = 5;

/** A visit or video conference from the wish to the confirmed time (R-B1 to R-B3, R-C1 to R-C6). */
export const booking = defineDialog<BookingState, BookingOptions | undefined>({
  name: 'booking',

  begin: (turn, options) => beginBooking(turn, options ?? {}),

  async continue(turn, state, input) {
    const beside = await takeBeside(turn, state, input);
    if (beside) return beside;
    if (state.appointmentId === undefined) return takeDraft(turn, state, input);
    const { state: stands } = await getOwnAppointment(turn.services, state.appointmentId);
    // Where a turn is run again its step is done already, and is said once more.
    const leaving = state.at === 'leaving' && input.kind !== 'file';
    if ((stands === 'awaiting-letter' && !leaving) || state.at === 'letter')
      return takeLetter(turn, state, input);
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
    (recogniseCommand(text) === 'cancel' ||
      dropsBooking(text) ||
      (ASKING_WHO.has(at) && asksOtherTime(text)) ||
      (TIMES.has(at) && speaksOfTime(text) && isAnswerHere(text))),

  freeText: ({ at }) => FREE.has(at),
});

const TIMES: ReadonlySet<BookingState['at']> = new Set([
  'sessions',
  'freed',
  'waiting',
  'confirm',
  'leaving',
]);
const ASKING_WHO: ReadonlySet<BookingState['at']> = new Set(['guests', 'position']);
const FREE: ReadonlySet<BookingState['at']> = new Set(['purpose', 'letter', 'guests', 'position']);

function takeWhich(turn: Turn, state: BookingState, input: Input): Outcome | Promise<Outcome> {
  const chosen = input.kind === 'choice' ? /^letter-for:(.+)$/u.exec(input.choice)?.[1] : undefined;
  if (chosen !== undefined) return proceed(turn, { ...state, at: 'letter', appointmentId: chosen });
  const more = letterFile(turn, state, input);
  return more ? { do: 'wait', state: more } : { do: 'yield' };
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
