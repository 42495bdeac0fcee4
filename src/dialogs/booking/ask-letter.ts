import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Choice } from '../../models/message.js';
import { writesLetters } from '../letter.js';
import type { BookingState } from './draft.js';
import { LETTER_FACTS, type LetterFact } from './read-letter.js';
import { option, sayDate } from './say.js';

/** What is still to be told of the letter; 'file' first (R-B1, R-C1). */
export function missingOfLetter({ draft: { letter } }: BookingState): ('file' | LetterFact)[] {
  return [
    ...(letter.file ? [] : (['file'] as const)),
    ...LETTER_FACTS.filter((fact) => letter[fact] === undefined),
  ];
}

/** Asks for the next thing about the letter; by letter for all of it at once. */
export function askLetter(turn: Turn, { listening: _, ...state }: BookingState): Outcome {
  const missing = missingOfLetter(state);
  const waiting: BookingState = { ...state, at: 'letter' };
  const [next = 'file'] = missing;
  if (writesLetters(turn)) {
    const lines = missing
      .filter((one) => one !== 'file')
      .map((fact) => `${turn.t(`booking:letterLabels.${fact}`)}:`)
      .join('\n');
    turn.say(turn.t(next === 'file' ? 'booking:letterMissingFile' : 'booking:letterMissing', { lines }));
    return { do: 'wait', state: waiting };
  }
  const choices = letterChoices(turn, state, next);
  turn.say(turn.t(`booking:letterAsk.${next}`), { choices, numbered: false });
  return { do: 'wait', state: waiting };
}

function letterChoices(turn: Turn, state: BookingState, next: 'file' | LetterFact): Choice[] {
  switch (next) {
    case 'file':
      return state.appointmentId === undefined ? [option(turn, 'paper:later')] : [];
    case 'addressee':
      return [option(turn, 'paper:dirjen')];
    case 'sender': {
      const { agency } = state.draft.profile;
      return agency === undefined ? [] : [{ id: 'paper:agency', title: agency.slice(0, 60) }];
    }
    default:
      return [];
  }
}

/** "Nomor 900/12, Selasa, 24 Februari 2026, dari Bupati Gowa". */
export function letterLine(turn: Turn, state: BookingState): string {
  const { number = '', date, sender = '' } = state.draft.letter;
  return turn.t('booking:letterLine', {
    number,
    sender,
    date: date === undefined ? '' : sayDate(turn, date),
  });
}
