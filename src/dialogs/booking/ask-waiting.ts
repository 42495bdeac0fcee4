import { DateTime } from 'luxon';
import type { Outcome, Turn } from '../../conversation/dialog.js';
import { getOwnAppointment } from '../../services/appointments/find-own-appointments.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import type { BookingState } from './draft.js';
import { option, sayPeriod } from './say.js';

/** Between which days a time that becomes free is of use. */
export function askWaiting(turn: Turn, state: BookingState): Outcome {
  turn.say(turn.t('booking:waitingWhen'), {
    choices: [option(turn, 'wait:weeks'), option(turn, 'wait:month')],
    numbered: false,
  });
  return { do: 'wait', state: { ...state, at: 'waiting' } };
}

/** yyyy-MM-dd, both included: from now for two weeks or a month. */
export function waitingSpan(turn: Turn, choice: string): { from: string; to: string } {
  const today = DateTime.fromJSDate(turn.now, { zone: SERVICE_ZONE });
  const to = today.plus(choice === 'wait:weeks' ? { weeks: 2 } : { months: 1 });
  return { from: today.toISODate() ?? '', to: to.toISODate() ?? '' };
}

/** The request exists already: what is to become of it is for the user to say. */
export async function askLeaving(turn: Turn, state: BookingState): Promise<Outcome> {
  const {
    ticketNumber: number,
    agreed,
    state: stands,
  } = await getOwnAppointment(turn.services, state.appointmentId ?? '');
  const period = agreed ? sayPeriod(turn, agreed) : '';
  const early = stands === 'awaiting-letter';
  const key = agreed ? 'leavingAgreed' : early ? 'leavingEarly' : 'leaving';
  turn.say(turn.t(`booking:${key}`, { number, period }), {
    choices: [early ? 'my:letter' : 'leave:goOn', 'leave:later', 'leave:cancel'].map((id) =>
      option(turn, id),
    ),
  });
  return { do: 'wait', state: { ...state, at: 'leaving' } };
}
