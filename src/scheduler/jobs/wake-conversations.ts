import { nextWake, wakeConversations } from '../../conversation/sweep.js';
import type { Job } from '../job.js';

/** Ends the pause after which a question counts as written, and reminds of a summary that was not sent. */
export const wakeConversationsJob: Job = {
  name: 'wake-conversations',
  every: 5,
  run: ({ engine }, now) => wakeConversations(engine, now),
  nextDue: ({ engine }) => nextWake(engine),
};
