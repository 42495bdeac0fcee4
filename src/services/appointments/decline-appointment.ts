import type { Appointment } from '../../models/appointment.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { changeAppointment } from './change-appointment.js';
import { requirePlanner, requireReason, requireState } from './guards.js';

export interface DeclineAppointmentInput {
  id: string;
  actor: Actor;
  reason: string;
  now: Date;
}

/**
 * The office says no, with its reason; the letter may serve another request. A time given up is `startsAt` of the entry.
 * @throws DomainError not-allowed, reason-missing, appointment-over, step-not-possible
 */
export async function declineAppointment(
  context: ServiceContext,
  { id, actor, reason, now }: DeclineAppointmentInput,
): Promise<Appointment> {
  const by = { kind: 'staff', actor } as const;
  requirePlanner(by);
  const text = requireReason(reason);
  return changeAppointment(context, {
    ...{ id, by, now },
    decide: (before) => {
      requireState(before, 'awaiting-letter', 'planning', 'scheduled');
      return {
        entry: { step: 'decline', text, startsAt: before.agreed?.startsAt },
        set: {
          ...{ state: 'declined', agreed: null, held: null, proposed: [], waiting: null },
          letterKeys: [],
        },
        claims: [],
      };
    },
  });
}
