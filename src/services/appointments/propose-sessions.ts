import type { Appointment, Session } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { changeAppointment } from './change-appointment.js';
import { requireNoHindrance, requirePlanner, requireState } from './guards.js';
import { placeSession } from './place-session.js';

const MOST_PROPOSED = 10;

export interface ProposeSessionsInput {
  id: string;
  /** From 1 to 10; conferences also at other half hours than those offered by themselves (R-B3). */
  startsAts: readonly Date[];
  actor: Actor;
  now: Date;
}

/**
 * Times that the user may pick from. Nothing is taken before they hold one: by then somebody else may have it.
 * @throws DomainError not-allowed, invalid-input, letter-missing, trial-not-passed, appointment-over, step-not-possible, and what
 * `placeSession` throws
 */
export async function proposeSessions(
  context: ServiceContext,
  { id, startsAts, actor, now }: ProposeSessionsInput,
): Promise<Appointment> {
  const by = { kind: 'staff', actor } as const;
  requirePlanner(by);
  const times = [...new Set(startsAts.map((startsAt) => startsAt.getTime()))].sort((a, b) => a - b);
  if (times.length === 0 || times.length > MOST_PROPOSED) {
    throw new DomainError('invalid-input', { field: 'startsAts' });
  }
  return changeAppointment(context, {
    ...{ id, by, now },
    decide: async (before) => {
      if (before.state === 'awaiting-letter') throw new DomainError('letter-missing');
      requireState(before, 'planning', 'scheduled');
      requireNoHindrance(before);
      const proposed: Session[] = [];
      for (const time of times) {
        const wish = { appointment: before, startsAt: new Date(time), byStaff: true, now };
        proposed.push((await placeSession(context, wish)).session);
      }
      return { entry: { step: 'propose' }, set: { proposed } };
    },
  });
}
