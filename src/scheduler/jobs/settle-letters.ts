import { nextLetterSettle, settleLetters } from '../../conversation/settle-letters.js';
import type { Job } from '../job.js';

/** Numbers and papers of signed letters where a crash came in between, and the audit of what the product did to letters. */
export const settleLettersJob: Job = {
  name: 'settle-letters',
  every: 30,
  run: ({ engine }, now) => settleLetters(engine, now),
  nextDue: ({ engine }) => nextLetterSettle(engine),
};
