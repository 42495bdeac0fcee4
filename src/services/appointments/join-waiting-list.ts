import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment } from './change-appointment.js';
import { requireAhead, requireNoHindrance, requireState } from './guards.js';

export interface JoinWaitingListInput {
  id: string;
  /** yyyy-MM-dd, both included. */
  from: string;
  to: string;
  key: string;
  now: Date;
}

/**
 * The user hears when a time on one of these dates is free (`offerFreed`), in the order of asking.
 * @throws DomainError invalid-input, letter-missing, trial-not-passed, appointment-over, step-not-possible
 */
export async function joinWaitingList(
  context: ServiceContext,
  { id, from, to, key, now }: JoinWaitingListInput,
): Promise<Appointment> {
  const { calendar } = context.reference;
  // Also refuses what is no date.
  const dates = [calendar.day(from).date, calendar.day(to).date] as const;
  if (dates[1] < dates[0] || dates[1] < calendar.dateOf(now)) {
    throw new DomainError('invalid-input', { field: 'to' });
  }
  return changeAppointment(context, {
    ...{ id, by: { kind: 'user' }, key, now },
    decide: (before) => {
      if (before.state === 'awaiting-letter') throw new DomainError('letter-missing');
      requireState(before, 'planning', 'scheduled');
      requireAhead(before, now);
      requireNoHindrance(before);
      return { entry: { step: 'wait', text: `${from}/${to}` }, set: { waiting: { from, to, since: now } } };
    },
  });
}
