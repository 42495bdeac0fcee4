import { nextEscalationSettle, settleEscalations } from '../../conversation/settle-escalations.js';
import { nextUnitWatch, watchUnits } from '../../services/escalations/watch-units.js';
import type { Job } from '../job.js';

/** Draws the consequences of steps where a crash came in between or no person waits for them, and reminds units (R-A5). */
export const settleEscalationsJob: Job = {
  name: 'settle-escalations',
  every: 10,
  run: async ({ engine }, now) => {
    await settleEscalations(engine, now);
    await watchUnits(engine.services, now);
  },
  nextDue: async ({ engine }) => {
    const due = [await nextEscalationSettle(engine), await nextUnitWatch(engine.services)];
    const times = due.flatMap((at) => (at ? [at.getTime()] : []));
    return times.length > 0 ? new Date(Math.min(...times)) : undefined;
  },
};
