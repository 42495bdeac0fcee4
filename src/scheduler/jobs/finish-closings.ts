import { finishClosings, nextClosing } from '../../conversation/close-ticket.js';
import type { Job } from '../job.js';

/** Makes, mails and announces the BAK of a resolved ticket where a crash came in between (R-A6). */
export const finishClosingsJob: Job = {
  name: 'finish-closings',
  every: 30,
  run: ({ engine }, now) => finishClosings(engine, now),
  nextDue: ({ engine }) => nextClosing(engine),
};
