import type { Appointment, Session } from '../../models/appointment.js';
import type { ClosedSession } from '../../models/closed-session.js';
import type { ServiceContext } from '../service-context.js';
import { changeAppointment, type Change } from './change-appointment.js';
import { heldClaims } from './claims.js';
import { closedReason } from './closed-reason.js';
import { listClosed } from './list-closed.js';

/**
 * Everybody who has agreed on a time to come at which the office does not work or takes no bookings (a holiday added later, a closed
 * room, one that is out of use now) gives it back and is planned anew, without a new letter (R-C6): step `displace`, with the time
 * given up and the reason.
 * Run twice or by two processes at once it displaces once; one that cannot be displaced does not keep the others waiting.
 * @returns those displaced now
 */
export async function displaceClosed(context: ServiceContext, now: Date): Promise<Appointment[]> {
  const { booked, closures } = await bookedWhileClosed(context, now);
  const displaced: Appointment[] = [];
  for (const { _id: id, ticketNumber: ticket } of booked) {
    try {
      const after = await displace(context, id, closures, now);
      if (after.state === 'planning') displaced.push(after);
    } catch (error) {
      context.log.error({ err: error, ticket }, 'displacing an appointment failed; it is tried again');
    }
  }
  return displaced;
}

/** Whether somebody has agreed on a time to come at which nothing takes place. */
export async function isAnyDisplaced(context: ServiceContext, now: Date): Promise<boolean> {
  return (await bookedWhileClosed(context, now)).booked.length > 0;
}

async function bookedWhileClosed(
  context: ServiceContext,
  now: Date,
): Promise<{ booked: Pick<Appointment, '_id' | 'ticketNumber'>[]; closures: ClosedSession[] }> {
  const { calendar } = context.reference;
  const scheduled = await context.models.appointments
    .find({ state: 'scheduled', 'agreed.startsAt': { $gt: now } }, { agreed: 1, ticketNumber: 1 })
    .sort({ 'agreed.startsAt': 1, _id: 1 })
    .lean();
  const dates = scheduled.flatMap(({ agreed }) => (agreed ? [calendar.dateOf(agreed.startsAt)] : []));
  const [first, last] = [dates[0], dates.at(-1)];
  if (first === undefined || last === undefined) return { booked: [], closures: [] };
  const closures = await listClosed(context, { from: first, to: last });
  const isClosed = ({ agreed }: Pick<Appointment, 'agreed'>): boolean =>
    agreed !== null && whyNot(context, closures, agreed) !== null;
  return { booked: scheduled.filter(isClosed), closures };
}

async function displace(
  context: ServiceContext,
  id: string,
  closures: readonly ClosedSession[],
  now: Date,
): Promise<Appointment> {
  const { calendar } = context.reference;
  return changeAppointment(context, {
    ...{ id, by: { kind: 'product' }, now },
    decide: (before): Change | null => {
      const { state, agreed, held } = before;
      if (state !== 'scheduled' || !agreed || agreed.startsAt <= now) return null;
      const reason = whyNot(context, closures, agreed);
      if (reason === null) return null;
      const keepsHeld = held !== null && whyNot(context, closures, held) === null;
      return {
        entry: { step: 'displace', text: reason === '' ? undefined : reason, startsAt: agreed.startsAt },
        set: { state: 'planning', agreed: null, held: keepsHeld ? held : null, displaced: true },
        claims: keepsHeld ? heldClaims(calendar, before) : [],
      };
    },
  });
}

/** Closed, or in a room that is out of use. */
function whyNot(
  { reference: { calendar, rooms } }: ServiceContext,
  closures: readonly ClosedSession[],
  session: Session,
): string | null {
  const room = rooms.find(({ code }) => code === session.room);
  return closedReason(calendar, closures, session) ?? (room?.active === false ? room.name : null);
}
