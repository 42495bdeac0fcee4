import { nextRecovery, recoverInbox } from '../../conversation/sweep.js';
import type { Job } from '../job.js';

/** Brings stored messages to the turn that a crash or a failure kept from them. */
export const recoverInboxJob: Job = {
  name: 'recover-inbox',
  every: 10,
  run: ({ engine }, now) => recoverInbox(engine, now),
  nextDue: ({ engine }) => nextRecovery(engine),
};
