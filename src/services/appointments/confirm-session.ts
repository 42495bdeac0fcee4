import type { Appointment } from '../../models/appointment.js';
import { DomainError, type ErrorCode } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment, type By, type Change } from './change-appointment.js';
import { requireAhead, requireNoHindrance, requirePlanner, requireState } from './guards.js';
import { claiming, placeSession, type PlaceWish } from './place-session.js';

export interface ConfirmSessionInput {
  id: string;
  by: By;
  key: string;
  now: Date;
}

/**
 * Agrees on the time that is held: step `book`, or `move` where another one was agreed, which is given back in the same write.
 * A hold whose time has run out is taken all the same while nobody else has the place.
 * @throws DomainError hold-over, guests-missing (visits, R-C7), trial-not-passed, not-allowed, appointment-over, step-not-possible,
 * and what `placeSession` throws where rules or closed days have changed since it was held
 */
export async function confirmSession(
  context: ServiceContext,
  input: ConfirmSessionInput,
): Promise<Appointment> {
  const { id, by, key, now } = input;
  requirePlanner(by);
  return claiming(() =>
    changeAppointment(context, {
      ...{ id, by, key, now },
      decide: (before) => confirmed(context, before, now),
    }),
  );
}

async function confirmed(context: ServiceContext, before: Appointment, now: Date): Promise<Change> {
  requireState(before, 'planning', 'scheduled');
  requireAhead(before, now);
  requireNoHindrance(before);
  const { held, agreed } = before;
  if (!held) throw new DomainError('hold-over');
  if (before.kind === 'visit' && before.guests.length === 0) throw new DomainError('guests-missing');
  const { startsAt, room } = held;
  const wish = { appointment: before, startsAt, room, byStaff: true, now };
  const { session, claims } = await placeHeld(context, wish).catch((error: unknown) => {
    throw held.until <= now && isTaken(error) ? new DomainError('hold-over', {}, { cause: error }) : error;
  });
  return {
    entry: { step: agreed ? 'move' : 'book', startsAt },
    set: { state: 'scheduled', agreed: session, held: null, proposed: [], waiting: null },
    claims,
  };
}

/** In the room that was held; in another one where that has been closed or taken out of use meanwhile. */
async function placeHeld(context: ServiceContext, wish: PlaceWish): ReturnType<typeof placeSession> {
  try {
    return await placeSession(context, wish);
  } catch (error) {
    if (!isOneOf(error, 'session-not-offered', 'session-closed')) throw error;
    return placeSession(context, { ...wish, room: undefined });
  }
}

/** Somebody was faster than the user whose time had run out. */
function isTaken(error: unknown): boolean {
  return isOneOf(error, 'session-taken', 'region-day-taken', 'region-month-full', 'consultant-busy');
}

function isOneOf(error: unknown, ...codes: ErrorCode[]): boolean {
  return error instanceof DomainError && codes.includes(error.code);
}
