import type { Appointment } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment } from './change-appointment.js';
import { agreedClaims } from './claims.js';
import { requireAhead, requireNoHindrance, requireState } from './guards.js';
import { claiming, placeSession } from './place-session.js';

const HOLD_MINUTES = 15;

export interface HoldSessionInput {
  id: string;
  startsAt: Date;
  /** Any free one unless given. */
  room?: string | undefined;
  now: Date;
}

/**
 * Keeps a time for the user for 15 minutes; another one that was held is given back in the same write, the agreed one stays.
 * Holding what is held already changes nothing, so that a turn may be run again.
 * @throws DomainError letter-missing, trial-not-passed, appointment-over, step-not-possible, and what `placeSession` throws
 */
export async function holdSession(context: ServiceContext, input: HoldSessionInput): Promise<Appointment> {
  const { now } = input;
  const { id, startsAt, room } = input;
  const { calendar } = context.reference;
  const until = new Date(now.getTime() + HOLD_MINUTES * 60_000);
  return claiming(() =>
    changeAppointment(context, {
      ...{ id, by: { kind: 'user' }, now },
      decide: async (before) => {
        if (before.state === 'awaiting-letter') throw new DomainError('letter-missing');
        requireState(before, 'planning', 'scheduled');
        requireAhead(before, now);
        requireNoHindrance(before);
        const { held } = before;
        if (held && held.until > now && isSame(held, startsAt, room)) return null;
        const byStaff = before.proposed.some((session) => isSame(session, startsAt, undefined));
        const placed = await placeSession(context, { appointment: before, startsAt, room, byStaff, now });
        return {
          set: { held: { ...placed.session, until } },
          claims: [...agreedClaims(calendar, before), ...placed.claims],
        };
      },
    }),
  );
}

function isSame(held: { startsAt: Date; room: string }, startsAt: Date, room: string | undefined): boolean {
  return held.startsAt.getTime() === startsAt.getTime() && (room === undefined || room === held.room);
}
