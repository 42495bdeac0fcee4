import { nextTelling, tellDeadlines } from '../../conversation/tell-deadlines.js';
import { nextRecount, recountDeadlines } from '../../services/deadlines/recount-deadlines.js';
import { nextNotice, watchDeadlines } from '../../services/tickets/watch-deadlines.js';
import type { Job } from '../job.js';

/**
 * Gives open tickets their new dates after days off, hours or clocks were changed (R-T2, R-T3), then records those that fall
 * due today and those that are late (R-A3, R-A4), then tells the users whom it concerns (R-E2). In this order, so that nobody
 * is late by rules that no longer hold.
 */
export const watchDeadlinesJob: Job = {
  name: 'watch-deadlines',
  every: 30,
  run: async ({ engine }, now) => {
    await recountDeadlines(engine.services, now);
    await watchDeadlines(engine.services, now);
    await tellDeadlines(engine, now);
  },
  nextDue: async ({ engine }) => {
    const due = await Promise.all([
      nextRecount(engine.services),
      nextNotice(engine.services),
      nextTelling(engine.services),
    ]);
    return due.filter((at) => at !== undefined).sort((a, b) => a.getTime() - b.getTime())[0];
  },
};
