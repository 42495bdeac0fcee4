import type { ReactNode } from 'react';
import type { AppointmentState } from '../api/types/appointments.js';
import { t } from '../text/text.js';

/** Looks like the state of a ticket that means as much. */
const LOOKS: Record<AppointmentState, string> = {
  'awaiting-letter': 'waiting-user',
  planning: 'open',
  scheduled: 'in-progress',
  'under-way': 'in-progress',
  over: 'waiting-unit',
  done: 'resolved',
  cancelled: 'closed',
  'no-show': 'failed',
  declined: 'failed',
};

export function BookingState({ state }: { state: AppointmentState }): ReactNode {
  return <span className={`status status-${LOOKS[state]}`}>{t(`bookings.state.${state}`)}</span>;
}
