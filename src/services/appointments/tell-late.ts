import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment } from './change-appointment.js';
import { requireState } from './guards.js';

export interface TellLateInput {
  id: string;
  /** From 1 to 60: a session lasts an hour. */
  minutes: number;
  key: string;
  now: Date;
}

/**
 * The user will be late, said on the day and before the session is over; the time stays as it is. The minutes are the entry's text.
 * @throws DomainError invalid-input, appointment-over, step-not-possible
 */
export async function tellLate(
  context: ServiceContext,
  { id, minutes, key, now }: TellLateInput,
): Promise<Appointment> {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > 60) {
    throw new DomainError('invalid-input', { field: 'minutes' });
  }
  const { calendar } = context.reference;
  return changeAppointment(context, {
    ...{ id, by: { kind: 'user' }, key, now },
    decide: (before) => {
      requireState(before, 'scheduled');
      const { agreed } = before;
      const today =
        agreed && calendar.dateOf(agreed.startsAt) === calendar.dateOf(now) && now < agreed.endsAt;
      if (!today) throw new DomainError('step-not-possible');
      return { entry: { step: 'late', text: String(minutes), startsAt: agreed.startsAt }, set: {} };
    },
  });
}
