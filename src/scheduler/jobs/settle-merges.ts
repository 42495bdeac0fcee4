import { nextSettling, settleMerges } from '../../services/contacts/settle-merges.js';
import type { Job } from '../job.js';

/** Finishes merges of contacts and their undoing. */
export const settleMergesJob: Job = {
  name: 'settle-merges',
  every: 60,
  run: ({ engine }, now) => settleMerges(engine.services, now),
  nextDue: ({ engine }) => nextSettling(engine.services),
};
