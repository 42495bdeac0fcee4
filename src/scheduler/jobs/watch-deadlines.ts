import { nextNotice, watchDeadlines } from '../../services/tickets/watch-deadlines.js';
import type { Job } from '../job.js';

/** Records tickets that fall due today and tickets that are late, and shows it in the console (R-A3). */
export const watchDeadlinesJob: Job = {
  name: 'watch-deadlines',
  every: 60,
  run: ({ engine }, now) => watchDeadlines(engine.services, now),
  nextDue: ({ engine }) => nextNotice(engine.services),
};
