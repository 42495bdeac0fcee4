import { makeMeetings, nextMeeting } from '../../services/meetings/make-meetings.js';
import type { Job } from '../job.js';

/** Teams meetings for agreed conferences (R-B3); nothing where staff enter the links. */
export const makeMeetingsJob: Job = {
  name: 'make-meetings',
  every: 10,
  run: async ({ engine, meetings }, now) => {
    if (meetings) await makeMeetings(engine.services, meetings, now);
  },
  nextDue: async ({ engine, meetings }) =>
    meetings ? nextMeeting(engine.services, engine.clock.now()) : undefined,
};
