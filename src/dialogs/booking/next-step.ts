import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { asksSomething } from '../asks-something.js';
import { topicInWords } from '../consultation/topic.js';
import { countMiss } from '../count-miss.js';
import { explainRefusal } from '../explain-refusal.js';
import type { IdentityOptions } from '../identity/identity.js';
import { isKnown } from '../identity/slots.js';
import { writesLetters } from '../letter.js';
import { FALLBACK_TOPIC } from '../talk-to-agent/fallback-topic.js';
import { askGuests, askPosition } from './ask-guests.js';
import { askChange, askKanwil, askKind, askKnown, askMeans } from './ask-kind.js';
import { askLetter, missingOfLetter } from './ask-letter.js';
import { askPurpose, askTopic } from './ask-purpose.js';
import { askLeaving, askWaiting } from './ask-waiting.js';
import { withDraft, type BookingState } from './draft.js';
import { showConfirm } from './hold.js';
import { offerSessions } from './offer-sessions.js';
import { handInLetter, request } from './request.js';

/** The next thing that is missing; the free times when nothing is. */
export async function proceed(turn: Turn, from: BookingState): Promise<Outcome> {
  const { draft } = from;
  const missing = draft.letterLater ? [] : missingOfLetter(from);
  if (from.appointmentId !== undefined)
    return missing.length > 0 ? askLetter(turn, from) : handInLetter(turn, from);
  if (draft.kind === null) return askKind(turn, from);
  if (!isKnown(draft.profile)) return askIdentity(turn, from);
  if (!draft.confirmed && !writesLetters(turn)) return askKnown(turn, from);
  if (draft.purpose === '') return askPurpose(turn, from);
  const state = withTopic(turn, from);
  if (state.draft.topicCode === null) return askTopic(turn, state);
  if (missing.length > 0) return askLetter(turn, state);
  if (draft.kind === 'video' && draft.network === null) return askMeans(turn, state);
  if (draft.network === true && draft.kanwil === null) return askKanwil(turn, state);
  return request(turn, state);
}

/** Asks whatever is open at this point. */
export async function ask(turn: Turn, state: BookingState): Promise<Outcome> {
  switch (state.at) {
    case 'sessions':
    case 'freed':
      return offerSessions(turn, state);
    case 'waiting':
      return askWaiting(turn, state);
    case 'leaving':
      return askLeaving(turn, state);
    case 'guests':
      return askGuests(turn, state);
    case 'position': {
      const guest = state.guests.find(({ position }) => position === null);
      return guest ? askPosition(turn, state, guest) : askGuests(turn, state);
    }
    case 'confirm':
      return showConfirm(turn, state);
    case 'change':
      return askChange(turn, state);
    case 'identity':
      return { do: 'wait', state };
    default:
      return askOfDraft(turn, state);
  }
}

function askOfDraft(turn: Turn, state: BookingState): Outcome | Promise<Outcome> {
  switch (state.at) {
    case 'kind':
      return askKind(turn, state);
    case 'known':
      return askKnown(turn, state);
    case 'purpose':
      return askPurpose(turn, state);
    case 'topic':
      return askTopic(turn, state);
    case 'means':
      return askMeans(turn, state);
    case 'kanwil':
      return askKanwil(turn, state);
    default:
      return askLetter(turn, state);
  }
}

export function askIdentity(
  turn: Turn,
  state: BookingState,
  more: Pick<IdentityOptions, 'only' | 'answer'> = {},
): Outcome {
  if (!more.only && !writesLetters(turn)) turn.say(turn.t('booking:identity'));
  const options: IdentityOptions = { profile: state.draft.profile, ...more };
  return { do: 'begin', dialog: 'identity', options, state: { ...state, at: 'identity' } };
}

/** PDF or picture: the request letter, whenever it comes (R-B1). */
export function letterFile(turn: Turn, state: BookingState, input: Input): BookingState | undefined {
  if (input.kind !== 'file') return undefined;
  if (!/^(?:application\/pdf|image\/)/u.test(input.file.mimeType)) return undefined;
  const letter = { ...state.draft.letter, file: input.file, arrived: turn.receivedAt.toISOString() };
  return withDraft(state, { letter, letterLater: false });
}

/** A file that comes while something else is asked is the letter; a question is answered by people later. */
export async function keep(turn: Turn, state: BookingState, input: Input): Promise<Outcome | undefined> {
  if (explainRefusal(turn, input)) return ask(turn, state);
  const kept = letterFile(turn, state, input);
  if (kept) {
    turn.say(turn.t('booking:fileKept'));
    return ask(turn, kept);
  }
  if (input.kind === 'file') {
    turn.say(turn.t('booking:letterType'));
    return ask(turn, state);
  }
  if (input.kind !== 'text' || !asksSomething(input.text)) return undefined;
  turn.say(turn.t('booking:askLater'));
  return ask(turn, state);
}

export async function missed(turn: Turn, state: BookingState): Promise<Outcome> {
  const offers = countMiss(turn);
  if (offers.length === 0) {
    turn.say(turn.t('common:pickOne'));
    return ask(turn, state);
  }
  turn.say(turn.t('menu:notUnderstoodAgain'), { choices: offers });
  return { do: 'wait', state };
}

/** A letter has said what it says: its topic is read from it. */
function withTopic(turn: Turn, state: BookingState): BookingState {
  const { topicCode, purpose } = state.draft;
  if (topicCode !== null || !writesLetters(turn)) return state;
  return withDraft(state, { topicCode: topicInWords(turn, purpose) ?? FALLBACK_TOPIC });
}
