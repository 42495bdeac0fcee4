import type { Job } from '../job.js';

/** Another process may have changed holidays, hours or topics (R-T2, R-T3). In this one a change counts at once. */
export const refreshReferenceDataJob: Job = {
  name: 'refresh-reference-data',
  every: 60,
  run: ({ engine }) => engine.services.reference.reload(),
  nextDue: () => Promise.resolve(undefined),
};
