import { isDeepStrictEqual } from 'node:util';
import type { Appointment } from '../../models/appointment.js';
import type { Profile } from '../../models/conversation.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { changeAppointment, type Change } from './change-appointment.js';
import { heldClaims, isLimited, isLimitSetAside, monthClaim, regionDayClaim } from './claims.js';
import { occupiedAmong } from './occupied-among.js';
import { claiming, monthPlace } from './place-session.js';

interface CorrectRequesterInput {
  ticketId: string;
  /** As the ticket is to have it. */
  profile: Profile;
  actor: Actor;
  now: Date;
}

/**
 * A correction of who asks reaches the booking of the ticket: name, agency and region, whose day and places of the month it takes
 * from now on instead of the old one's, in the same write (R-C4). What the guests have come to already is corrected without a place
 * where the region has none left.
 * @throws DomainError region-month-full, region-day-taken
 */
export async function correctRequester(
  context: ServiceContext,
  { ticketId, profile, actor, now }: CorrectRequesterInput,
): Promise<void> {
  const found = await context.models.appointments.findOne({ ticketId }, { _id: 1 }).lean();
  if (!found) return;
  const { name = '', agency = '', regionName = null } = profile;
  const who = { name, agency, regionName };
  const regionCode = profile.regionCode ?? null;
  await claiming(() =>
    changeAppointment(context, {
      ...{ id: found._id, by: { kind: 'staff', actor }, now },
      decide: async (before): Promise<Change | null> => {
        if (before.regionCode === regionCode) {
          const isSame = isDeepStrictEqual({ ...before.who }, who);
          return isSame ? null : { set: { who } };
        }
        const others = (before.claims ?? []).filter((claim) => !claim.startsWith('region:'));
        const after = { ...before, who, regionCode, claims: others };
        return {
          set: { who, regionCode },
          claims: [...others, ...(await regionClaims(context, after, now))],
        };
      },
    }),
  );
}

/** The days and places of the months of its times, agreed and held. @param appointment with no region's claims */
async function regionClaims(context: ServiceContext, appointment: Appointment, now: Date): Promise<string[]> {
  if (!isLimited(appointment)) return [];
  const { calendar } = context.reference;
  const { _id: id, regionCode, agreed, held, state } = appointment;
  const times = [
    ...(agreed && !isLimitSetAside(appointment) ? [agreed.startsAt] : []),
    ...(held && heldClaims(calendar, appointment).length > 0 ? [held.startsAt] : []),
  ];
  const claimsAt = (date: string, place: 1 | 2): string[] => [
    regionDayClaim(regionCode, date),
    monthClaim(regionCode, date, place),
  ];
  const dates = times.map((startsAt) => calendar.dateOf(startsAt));
  const wanted = dates.flatMap((date) => [...claimsAt(date, 1), ...claimsAt(date, 2)]);
  const occupied = await occupiedAmong(context, wanted, id, now);
  const claims: string[] = [];
  try {
    for (const startsAt of times) {
      const place = await monthPlace(context, { appointment, startsAt, now }, occupied);
      if (place !== null) claims.push(...claimsAt(calendar.dateOf(startsAt), place));
    }
  } catch (error) {
    if (error instanceof DomainError && HAPPENED.has(state)) return [];
    throw error;
  }
  return claims;
}

const HAPPENED: ReadonlySet<Appointment['state']> = new Set(['under-way', 'over', 'done']);
