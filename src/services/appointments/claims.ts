import type { Appointment, Session } from '../../models/appointment.js';
import type { BookingKind } from '../../models/ticket.js';
import type { WorkingCalendar } from '../../shared/working-time.js';
import { halfHoursOf } from './session-times.js';

/** Whose claims they are. */
export type Claimant = Pick<Appointment, 'kind' | 'regionCode' | 'consultantId'>;

/** R-C4: which of a region's two visits of a month it is; null where the limit does not hold for it. */
export type MonthPlace = 1 | 2 | null;

/** What a session takes up, each nobody else's: R-C3 (session and room), R-C4 (the region's day and month), the consultant. */
export function claimsOf(
  calendar: WorkingCalendar,
  claimant: Claimant,
  session: Session,
  place: MonthPlace,
): string[] {
  const halfHours = halfHoursOf(calendar, session);
  const date = calendar.dateOf(session.startsAt);
  return [
    ...halfHours.slice(0, 1).map((at) => startClaim(claimant.kind, session.room, at)),
    ...halfHours.map((at) => roomClaim(session.room, at)),
    ...consultantClaims(calendar, claimant.consultantId, session),
    ...(isLimited(claimant) && place !== null
      ? [regionDayClaim(claimant.regionCode, date), monthClaim(claimant.regionCode, date, place)]
      : []),
  ];
}

/** What the held time takes up; nothing once its place was given back. */
export function heldClaims(
  calendar: WorkingCalendar,
  appointment: Claimant & Pick<Appointment, 'held' | 'claims'>,
): string[] {
  const { held, claims = [] } = appointment;
  if (!held) return [];
  const own = new Set(claims);
  const place = placeIn(appointment, calendar.dateOf(held.startsAt));
  return claimsOf(calendar, appointment, held, place).filter((claim) => own.has(claim));
}

/** The half hours of whoever is there for the office. */
export function consultantClaims(
  calendar: WorkingCalendar,
  consultantId: string | null,
  session: Session,
): string[] {
  if (consultantId === null) return [];
  return halfHoursOf(calendar, session).map((at) => staffClaim(consultantId, at));
}

/** R-C4 is about visits of regions; a request whose region is unknown has no month to fill. */
export function isLimited<T extends Claimant>(claimant: T): claimant is T & { regionCode: string } {
  return claimant.kind === 'visit' && claimant.regionCode !== null;
}

/** What it keeps when the held time is given back: the agreed time's, and what is no time (a guest card of the reception). */
export function agreedClaims(
  calendar: WorkingCalendar,
  appointment: Claimant & Pick<Appointment, 'agreed' | 'claims' | 'thread'>,
): string[] {
  const { agreed, claims = [] } = appointment;
  const others = claims.filter((claim) => !/^(visit|conference|room|staff|region):/u.test(claim));
  if (!agreed) return others;
  const place = isLimitSetAside(appointment) ? null : placeIn(appointment, calendar.dateOf(agreed.startsAt));
  return [...claimsOf(calendar, appointment, agreed, place), ...others];
}

/** The place that it has already in the month of a date. */
export function placeIn(
  { regionCode, claims = [] }: Pick<Appointment, 'regionCode' | 'claims'>,
  date: string,
): MonthPlace {
  const has = (place: 1 | 2): boolean => claims.includes(monthClaim(regionCode ?? '', date, place));
  return has(1) ? 1 : has(2) ? 2 : null;
}

/** A supervisor agreed on the time against R-C4. */
export function isLimitSetAside({ thread }: Pick<Appointment, 'thread'>): boolean {
  const agreeing = thread.findLast(({ step }) => step === 'book' || step === 'move');
  return agreeing?.overridden?.includes('region-limit') ?? false;
}

/** R-C3: one visit at a time, in whatever room. Read by their beginnings, each session is found once. */
export const visitClaim = (at: string): string => `visit:${at}`;
export const conferenceClaim = (room: string, at: string): string => `conference:${room}:${at}`;
const startClaim = (kind: BookingKind, room: string, at: string): string =>
  kind === 'visit' ? visitClaim(at) : conferenceClaim(room, at);
export const roomClaim = (room: string, at: string): string => `room:${room}:${at}`;
export const staffClaim = (staffId: string, at: string): string => `staff:${staffId}:${at}`;
export const regionDayClaim = (region: string, date: string): string => `region:${region}:${date}`;
export const monthClaim = (region: string, date: string, place: 1 | 2): string =>
  `region:${region}:${date.slice(0, 7)}#${place}`;
