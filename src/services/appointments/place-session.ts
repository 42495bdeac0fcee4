import type { Appointment, OverridableRule, Session } from '../../models/appointment.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';
import { ClaimTaken } from './change-appointment.js';
import { claimsOf, isLimited, monthClaim, placeIn, regionDayClaim, type MonthPlace } from './claims.js';
import { closedReason } from './closed-reason.js';
import { earliestDay } from './earliest-day.js';
import { findFreeSessions } from './find-free-sessions.js';
import { listClosed } from './list-closed.js';
import { occupiedAmong } from './occupied-among.js';
import { roomsFor, type Room } from './rooms.js';
import { isSessionTime, sessionAt } from './session-times.js';

export interface PlaceWish {
  appointment: Appointment;
  startsAt: Date;
  /** Any free one unless given. */
  room?: string | undefined;
  /** An agent may agree on other half hours than those offered (R-B3). */
  byStaff: boolean;
  overridden?: readonly OverridableRule[] | undefined;
  now: Date;
}

interface Placed {
  session: Session;
  claims: string[];
}

/** Lost races are repeated: each one means that somebody else got a place. */
const ATTEMPTS = 50;

/**
 * The session with what it has to claim, by all rules as things stand; the unique index has the last word.
 * @throws DomainError session-too-early, session-closed, session-not-offered, region-month-full, region-day-taken, session-taken,
 * consultant-busy
 */
export async function placeSession(context: ServiceContext, wish: PlaceWish): Promise<Placed> {
  const { appointment, startsAt, now } = wish;
  const { calendar } = context.reference;
  const rooms = await openRooms(context, wish);
  const probe = (room: Room, place: MonthPlace): string[] =>
    claimsOf(calendar, appointment, sessionAt(startsAt, room.code), place);
  const claims = rooms.flatMap((room) => [...probe(room, 1), ...probe(room, 2)]);
  const occupied = await occupiedAmong(context, claims, appointment._id, now);
  const place = wish.overridden?.includes('region-limit') ? null : await monthPlace(context, wish, occupied);
  const free = (room: Room): boolean =>
    !probe(room, place).some((claim) => occupied.has(claim) && !claim.startsWith('staff:'));
  const room = rooms.find(free);
  if (!room) throw new DomainError('session-taken');
  const session = sessionAt(startsAt, room.code);
  if (probe(room, place).some((claim) => occupied.has(claim))) throw new DomainError('consultant-busy');
  return { session, claims: probe(room, place) };
}

/** Runs a change that claims until it either has what it wants or `placeSession` says why it cannot. @throws DomainError conflict */
export async function claiming<T>(change: () => Promise<T>): Promise<T> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof ClaimTaken)) throw error;
    }
  }
  throw new DomainError('conflict');
}

async function openRooms(context: ServiceContext, wish: PlaceWish): Promise<Room[]> {
  const { appointment, startsAt, room, byStaff, overridden, now } = wish;
  const { calendar, rooms } = context.reference;
  const date = calendar.dateOf(startsAt);
  const earliest = overridden?.includes('lead-time')
    ? calendar.dateOf(now)
    : earliestDay(calendar, appointment, now);
  if (date < earliest || startsAt <= now) throw new DomainError('session-too-early', { earliest });
  const holiday = calendar.day(date).closed?.name;
  if (holiday !== undefined) throw new DomainError('session-closed', { reason: holiday });
  const fitting = roomsFor(rooms, appointment.kind).filter(({ code }) => room === undefined || code === room);
  if (fitting.length === 0 || !isSessionTime(calendar, appointment.kind, startsAt, { byStaff })) {
    throw new DomainError('session-not-offered');
  }
  const closures = await listClosed(context, { from: date, to: date });
  const reasons = fitting.map(({ code }) => closedReason(calendar, closures, sessionAt(startsAt, code)));
  const open = fitting.filter((_, index) => reasons[index] === null);
  if (open.length === 0) throw new DomainError('session-closed', { reason: reasons[0] ?? '' });
  return open;
}

/** R-C4: its own place of that month, or a free one. @throws DomainError region-month-full, region-day-taken */
export async function monthPlace(
  context: ServiceContext,
  { appointment, startsAt, now }: Pick<PlaceWish, 'appointment' | 'startsAt' | 'now'>,
  occupied: ReadonlySet<string>,
): Promise<MonthPlace> {
  if (!isLimited(appointment)) return null;
  const { calendar } = context.reference;
  const date = calendar.dateOf(startsAt);
  const { regionCode } = appointment;
  const region = appointment.who.regionName ?? regionCode;
  const own = placeIn(appointment, date);
  const places = ([own, 1, 2] as const).filter((place) => place !== null);
  const place = places.find((candidate) => !occupied.has(monthClaim(regionCode, date, candidate)));
  if (place === undefined) {
    const earliest = await earliestAfterMonth(context, appointment, date, now);
    throw new DomainError('region-month-full', { region, earliest });
  }
  if (occupied.has(regionDayClaim(regionCode, date))) throw new DomainError('region-day-taken', { region });
  return place;
}

/** The first day of a later month on which the region could come. */
async function earliestAfterMonth(
  context: ServiceContext,
  appointment: Appointment,
  date: string,
  now: Date,
): Promise<string> {
  const { calendar } = context.reference;
  const from = firstOfNextMonth(date);
  const { sessions } = await findFreeSessions(context, { appointment, from, days: 120, limit: 1, now });
  const [first] = sessions;
  return first ? calendar.dateOf(first.startsAt) : from;
}

function firstOfNextMonth(date: string): string {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
}
