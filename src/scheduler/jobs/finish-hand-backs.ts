import { finishHandBacks, nextHandBack } from '../../conversation/hand-over.js';
import type { Job } from '../job.js';

/** Tells, records and audits a hand-back where a crash came in between. */
export const finishHandBacksJob: Job = {
  name: 'finish-hand-backs',
  every: 30,
  run: ({ engine }, now) => finishHandBacks(engine, now),
  nextDue: ({ engine }) => nextHandBack(engine),
};
