import { nextRetry, retryOutbox } from '../../conversation/sweep.js';
import type { Job } from '../job.js';

/** Sends again what a channel did not take. */
export const retryOutboxJob: Job = {
  name: 'retry-outbox',
  every: 5,
  run: ({ engine }, now) => retryOutbox(engine, now),
  nextDue: ({ engine }) => nextRetry(engine),
};
