import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { countMiss } from '../count-miss.js';
import { explainRefusal } from '../explain-refusal.js';
import { writesLetters } from '../letter.js';
import { askLetter, letterLine, missingOfLetter } from './ask-letter.js';
import { withDraft, type BookingState } from './draft.js';
import { letterFile, proceed } from './next-step.js';
import {
  doubtfulDate,
  isToDirectorGeneral,
  readLetter,
  readLetterDate,
  type LetterFact,
  type LetterFacts,
} from './read-letter.js';
import { option, sayDate } from './say.js';

/** The letter as people send it: the file with all in its caption, the facts one by one, or all in one message (R-B1, R-C1). */
export async function takeLetter(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  if (input.kind === 'wake') return proceed(turn, withoutListening(state));
  if (explainRefusal(turn, input)) return { do: 'wait', state };
  if (input.kind === 'file') return takeFile(turn, state, input);
  if (input.kind === 'choice') return takeChoice(turn, state, input);
  if (input.kind !== 'text') return askLetter(turn, state);
  if (LATER.test(input.text) && !state.draft.letter.file) return later(turn, state);
  const [next = 'file'] = missingOfLetter(state);
  const told = { ...readLetter(input.text, turn.now), ...answered(next, input.text, turn.now) };
  return takeFacts(turn, state, told);
}

const LATER =
  /\b(?:(?:lewat|via|melalui|pakai|by|through|ke) (?:e-?mail|surel)|e-?mail(?:kan)?|menyusul|nanti|belum ada|belum punya|later|not yet)\b/iu;

function takeFile(
  turn: Turn,
  state: BookingState,
  input: Input & { kind: 'file' },
): Outcome | Promise<Outcome> {
  const kept = letterFile(turn, state, input);
  if (!kept) {
    turn.say(turn.t('booking:letterType'));
    return { do: 'wait', state };
  }
  return takeFacts(turn, kept, readLetter(input.caption ?? '', turn.now), input.caption !== undefined);
}

function takeChoice(
  turn: Turn,
  state: BookingState,
  { choice, more = '' }: Input & { kind: 'choice' },
): Outcome | Promise<Outcome> {
  switch (choice) {
    case 'paper:later':
      return later(turn, state);
    case 'paper:dirjen':
      return takeFacts(turn, state, { addressee: turn.t('booking:dirjen'), ...readLetter(more, turn.now) });
    case 'paper:agency':
      return takeFacts(turn, state, { sender: state.draft.profile.agency ?? '' });
    case 'paper:other':
      return askLetter(turn, withDraft(state, { letter: {} }));
    default:
      return askLetter(turn, state);
  }
}

function later(turn: Turn, state: BookingState): Outcome | Promise<Outcome> {
  if (state.appointmentId === undefined) return proceed(turn, withDraft(state, { letterLater: true }));
  turn.say(turn.t('booking:letterWaits', { email: turn.services.config.contact.email }));
  return { do: 'end' };
}

/** The whole answer, where it is nothing else. */
function answered(next: 'file' | LetterFact, text: string, now: Date): LetterFacts {
  const said = text.trim().replace(/[.\s]+$/u, '');
  if (recogniseCommand(said) || said.length > LONGEST_FACT || said.includes('\n')) return {};
  switch (next) {
    case 'number': {
      const number = said.replace(/^(?:surat )?(?:nomor|nomer|no|number)\b(?:nya)?[.: ]*/iu, '');
      return /\d/u.test(number) && number.length <= LONGEST_NUMBER && !/\s\S+\s\S+\s/u.test(number)
        ? { number }
        : {};
    }
    case 'date': {
      const date = readLetterDate(said, now);
      return date === undefined ? {} : { date };
    }
    case 'addressee':
    case 'sender':
      return /\p{L}{2}/u.test(said) ? { [next]: said.replace(LEADING[next], '') } : {};
    case 'file':
      return {};
  }
}

const LONGEST_FACT = 160;
const LONGEST_NUMBER = 60;
const LEADING = { addressee: /^(?:kepada|yth\.?|to)[: ]+/iu, sender: /^(?:dari|oleh|from|by)[: ]+/iu };

/** Keeps what holds, asks again for what cannot be right, then for what is missing. */
function takeFacts(
  turn: Turn,
  state: BookingState,
  told: LetterFacts,
  silent = true,
): Outcome | Promise<Outcome> {
  const next = withDraft(state, { letter: { ...state.draft.letter, ...told } });
  const { date, addressee } = next.draft.letter;
  const doubt = date === undefined ? undefined : doubtfulDate(date, turn.now);
  if (doubt && date !== undefined) {
    turn.say(turn.t(`booking:letterDate.${doubt}`, { date: sayDate(turn, date) }));
    return askLetter(turn, without(next, 'date'));
  }
  if (addressee !== undefined && !isToDirectorGeneral(addressee)) {
    turn.say(turn.t('booking:letterAddressee', { addressee }), {
      choices: [option(turn, 'paper:dirjen'), option(turn, 'paper:other'), option(turn, 'paper:later')],
      numbered: false,
    });
    return { do: 'wait', state: { ...without(next, 'addressee'), at: 'letter' } };
  }
  if (missingOfLetter(next).length === 0) {
    turn.say(turn.t('booking:letterNoted', { letter: letterLine(turn, next) }));
    return proceed(turn, withoutListening(next));
  }
  // The parts of a letter arrive one by one: what is missing is asked for when all of it is here.
  if (writesLetters(turn)) return { do: 'wait', state: { ...next, at: 'letter', listening: true } };
  return Object.keys(told).length === 0 && silent && state.draft.letter.file === next.draft.letter.file
    ? missedFact(turn, next)
    : askLetter(turn, next);
}

function missedFact(turn: Turn, state: BookingState): Outcome {
  const offers = countMiss(turn);
  if (offers.length === 0) return askLetter(turn, state);
  turn.say(turn.t('menu:notUnderstoodAgain'), { choices: offers });
  return { do: 'wait', state };
}

function without(state: BookingState, fact: LetterFact): BookingState {
  const { [fact]: _, ...letter } = state.draft.letter;
  return withDraft(state, { letter });
}

function withoutListening({ listening: _, ...state }: BookingState): BookingState {
  return state;
}
