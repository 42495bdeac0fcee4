import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { changeAppointment, type Change } from './change-appointment.js';
import { checkOverride, requireNoHindrance, requirePlanner, requireState, type Override } from './guards.js';
import { claiming, placeSession } from './place-session.js';

export interface BookSessionInput {
  id: string;
  startsAt: Date;
  /** Any free one unless given. */
  room?: string | undefined;
  actor: Actor;
  /** Version that the page showed. */
  version?: number | undefined;
  /** `lead-time` and `region-limit` matter here; supervisors only. */
  override?: Override | undefined;
  now: Date;
}

/**
 * A time agreed on with the user, by the office in one write: step `book`, or `move` where one was agreed (R-B3, R-C6: no new
 * letter). Conferences may begin at any half hour of the office hours.
 * @throws DomainError not-allowed, reason-missing, letter-missing, trial-not-passed, appointment-changed, appointment-over,
 * step-not-possible, and what `placeSession` throws
 */
export async function bookSession(context: ServiceContext, input: BookSessionInput): Promise<Appointment> {
  const { id, actor, override, version, now } = input;
  const by = { kind: 'staff', actor } as const;
  requirePlanner(by);
  checkOverride(by, override);
  return claiming(() =>
    changeAppointment(context, {
      ...{ id, by, version, now },
      decide: (before) => booked(context, before, input),
    }),
  );
}

async function booked(
  context: ServiceContext,
  before: Appointment,
  { startsAt, room, override, now }: BookSessionInput,
): Promise<Change> {
  if (before.state === 'awaiting-letter') throw new DomainError('letter-missing');
  requireState(before, 'planning', 'scheduled');
  requireNoHindrance(before);
  const overridden = [...(override?.rules ?? [])];
  const wish = { appointment: before, startsAt, room, byStaff: true, overridden, now };
  const { session, claims } = await placeSession(context, wish);
  return {
    entry: {
      step: before.agreed ? 'move' : 'book',
      ...{ startsAt, overridden },
      text: overridden.length > 0 ? override?.reason.trim() : undefined,
    },
    set: {
      ...{ state: 'scheduled', agreed: session, held: null, proposed: [], waiting: null },
      displaced: before.displaced || before.agreed !== null,
    },
    claims,
  };
}
