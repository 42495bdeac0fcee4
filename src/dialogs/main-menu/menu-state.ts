import type { Turn } from '../../conversation/dialog.js';
import type { QuestionPart } from '../question-part.js';

/** Where the conversation stands before a dialog is chosen. */
export interface MenuState {
  at: 'consent' | 'menu';
  /** What the user wrote before there was a place for it: the first parts of a question, perhaps. */
  held: QuestionPart[];
  /** Seconds since the epoch when the bot last asked something here. */
  askedAt: number;
  refused?: boolean;
  /** A person was asked for before consent: called as soon as it is given. */
  forAgent?: true;
  /** The menu lies above a consultation that was left for a moment and can be gone on with. */
  kept?: true;
}

export function newMenuState(turn: Turn, before?: MenuState): MenuState {
  const state: MenuState = { at: 'menu', held: [], askedAt: secondsNow(turn) };
  return before?.kept ? { ...state, kept: true } : state;
}

/** Bubbles that follow a question of ours this closely were on their way already: they are kept, not answered one by one. */
const SAME_BREATH_SECONDS = 8;

export function isSameBreath(turn: Turn, state: MenuState): boolean {
  return secondsNow(turn) - state.askedAt <= SAME_BREATH_SECONDS;
}

export function secondsNow(turn: Turn): number {
  return Math.floor(turn.now.getTime() / 1000);
}
