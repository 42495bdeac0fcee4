import {
  nextAppointmentSettle,
  nextAppointmentWatch,
  settleAppointments,
  watchAndTell,
} from '../../conversation/settle-appointments.js';
import type { Job } from '../job.js';

/** Does what is due of itself (reminders, ends of holds and sessions), then draws the consequences of every step (R-B*, R-C*). */
export const settleAppointmentsJob: Job = {
  name: 'settle-appointments',
  every: 5,
  run: async ({ engine }, now) => {
    await watchAndTell(engine, now);
    await settleAppointments(engine, now);
  },
  nextDue: async ({ engine }) => {
    const due = [await nextAppointmentSettle(engine), await nextAppointmentWatch(engine)];
    const times = due.flatMap((at) => (at ? [at.getTime()] : []));
    return times.length > 0 ? new Date(Math.min(...times)) : undefined;
  },
};
