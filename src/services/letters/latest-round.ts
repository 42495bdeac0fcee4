import type { LetterEntry } from '../../models/official-letter.js';

/** The steps since the text last went back to the typist: earlier initials stand under another text. */
export function latestRound(thread: readonly LetterEntry[]): LetterEntry[] {
  const begun = thread.findLastIndex(({ step }) => step === 'draft' || step === 'return');
  return thread.slice(begun + 1);
}

/** Whether somebody has worked on the text since it was last drawn up from the data. */
export function wasEdited(thread: readonly LetterEntry[]): boolean {
  return (
    thread.findLastIndex(({ step }) => step === 'edit') > thread.findLastIndex(({ step }) => step === 'draft')
  );
}
