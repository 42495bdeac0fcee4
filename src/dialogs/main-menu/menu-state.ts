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
}
