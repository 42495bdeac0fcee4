import type { Appointment } from '../../models/appointment.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment, type By } from './change-appointment.js';
import { requirePlanner, requireState } from './guards.js';

export interface CancelAppointmentInput {
  id: string;
  by: By;
  key?: string | undefined;
  reason?: string | undefined;
  now: Date;
}

/**
 * The user does not come: the time is free at once, and a new date needs a new letter, as the letter stays used; where no time
 * had been given, there is none to give up and the letter may serve again (R-C6). The time given up is `startsAt` of the entry;
 * `agreed` is null from then on.
 * @throws DomainError not-allowed, appointment-over, step-not-possible
 */
export async function cancelAppointment(
  context: ServiceContext,
  { id, by, key, reason, now }: CancelAppointmentInput,
): Promise<Appointment> {
  requirePlanner(by);
  const text = reason?.trim().slice(0, 2_000);
  return changeAppointment(context, {
    ...{ id, by, key, now },
    decide: (before) => {
      if (before.state === 'cancelled') return null;
      requireState(before, 'awaiting-letter', 'planning', 'scheduled');
      const startsAt = before.agreed?.startsAt;
      return {
        entry: { step: 'cancel', text: text === '' ? undefined : text, startsAt },
        set: {
          ...{ state: 'cancelled', agreed: null, held: null, proposed: [], waiting: null },
          ...(before.agreed ? {} : { letterKeys: [] }),
        },
        claims: [],
      };
    },
  });
}
