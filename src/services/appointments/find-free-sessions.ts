import type { Appointment, Session } from '../../models/appointment.js';
import type { ClosedSession } from '../../models/closed-session.js';
import type { ServiceContext } from '../service-context.js';
import { isLimited, monthClaim, regionDayClaim, roomClaim, staffClaim, visitClaim } from './claims.js';
import { closedReason } from './closed-reason.js';
import { earliestDay } from './earliest-day.js';
import { listClosed } from './list-closed.js';
import { occupiedAmong } from './occupied-among.js';
import { roomsFor, type Room } from './rooms.js';
import { halfHoursFrom, offeredTimes, sessionAt, startOf } from './session-times.js';

export interface FreeSessionsInput {
  appointment: Appointment;
  /** yyyy-MM-dd; the earliest allowed day unless given, and never before it. */
  from?: string | undefined;
  /** Calendar days to look through, from 1 to 366. */
  days?: number | undefined;
  /** The search ends with the day that fills it. */
  limit?: number | undefined;
  now: Date;
}

/** A day that is worked on which nothing is free for this appointment, or a holiday; weekends are not named. */
export interface FullDay {
  date: string;
  why: 'region-day-taken' | 'region-month-full' | 'full' | 'closed';
  /** Of the holiday, or the reason of the closing. */
  name?: string;
}

export interface FreeSessions {
  /** yyyy-MM-dd by R-B2, R-C1. */
  earliest: string;
  /** In order; one a time, in the first free room. */
  sessions: Session[];
  /** In order, as far as the search went. */
  full: FullDay[];
}

/** One reading of claims serves this many days. */
const WINDOW_DAYS = 31;
const MOST_DAYS = 366;
const DAY = 86_400_000;

/** The first date on which it may take place by R-B2, R-C1 and R-T4 (yyyy-MM-dd). */
export function findEarliest(
  { reference }: ServiceContext,
  { appointment, now }: Pick<FreeSessionsInput, 'appointment' | 'now'>,
): string {
  return earliestDay(reference.calendar, appointment, now);
}

/** What the appointment could be agreed on, by all rules (R-B2, R-C1, R-C3, R-C4), from the claims of the others. */
export async function findFreeSessions(
  context: ServiceContext,
  input: FreeSessionsInput,
): Promise<FreeSessions> {
  const { days = 60, limit = 24 } = input;
  const earliest = findEarliest(context, input);
  const from = input.from !== undefined && input.from > earliest ? input.from : earliest;
  const last = later(from, Math.min(Math.max(days, 1), MOST_DAYS) - 1);
  const found: FreeSessions = { earliest, sessions: [], full: [] };
  for (let date = from; date <= last && found.sessions.length < limit; date = later(date, WINDOW_DAYS)) {
    const end = later(date, WINDOW_DAYS - 1);
    await searchWindow(context, input, { first: date, last: end < last ? end : last, limit }, found);
  }
  found.sessions.splice(limit);
  return found;
}

interface Window {
  first: string;
  last: string;
  limit: number;
}

async function searchWindow(
  context: ServiceContext,
  { appointment, now }: FreeSessionsInput,
  window: Window,
  found: FreeSessions,
): Promise<void> {
  const { first, last, limit } = window;
  const rooms = roomsFor(context.reference.rooms, appointment.kind);
  const [occupied, closures] = await Promise.all([
    occupiedAmong(context, claimsBetween(context, appointment, rooms, window), appointment._id, now),
    listClosed(context, { from: first, to: last }),
  ]);
  const search = { context, appointment, rooms, occupied, closures, now };
  for (let date = first; date <= last && found.sessions.length < limit; date = later(date, 1)) {
    const full = whyNot(search, date);
    const sessions = full ? [] : freeOn(search, date);
    found.sessions.push(...sessions);
    if (full) found.full.push(full);
    else if (sessions.length === 0 && isOffered(search, date)) found.full.push(fullOrClosed(search, date));
  }
}

/** Everything that somebody else may have and this appointment would need on one of these days. */
function claimsBetween(
  { reference }: ServiceContext,
  appointment: Appointment,
  rooms: readonly Room[],
  { first, last }: Window,
): string[] {
  const { kind, regionCode, consultantId } = appointment;
  const claims: string[] = [];
  for (let date = first; date <= last; date = later(date, 1)) {
    const times = offeredTimes(reference.calendar, kind, date);
    if (times.length === 0) continue;
    const halfHours = times.flatMap((time) => halfHoursFrom(date, time));
    if (kind === 'visit') claims.push(...times.map((time) => visitClaim(`${date}T${time}`)));
    for (const { code } of rooms) claims.push(...halfHours.map((at) => roomClaim(code, at)));
    if (consultantId !== null) claims.push(...halfHours.map((at) => staffClaim(consultantId, at)));
    if (kind === 'visit' && regionCode !== null) {
      claims.push(regionDayClaim(regionCode, date));
      claims.push(monthClaim(regionCode, date, 1), monthClaim(regionCode, date, 2));
    }
  }
  return claims;
}

interface Search {
  context: ServiceContext;
  appointment: Appointment;
  rooms: readonly Room[];
  occupied: ReadonlySet<string>;
  closures: readonly ClosedSession[];
  now: Date;
}

function isOffered({ context, appointment }: Search, date: string): boolean {
  return offeredTimes(context.reference.calendar, appointment.kind, date).length > 0;
}

/** Why the whole day is none for this appointment, whatever is free on it. */
function whyNot({ context, appointment, occupied }: Search, date: string): FullDay | null {
  const { closed } = context.reference.calendar.day(date);
  if (closed) return closed.name === undefined ? null : { date, why: 'closed', name: closed.name };
  if (!isLimited(appointment)) return null;
  const { regionCode } = appointment;
  const full = ([1, 2] as const).every((place) => occupied.has(monthClaim(regionCode, date, place)));
  if (full) return { date, why: 'region-month-full' };
  return occupied.has(regionDayClaim(regionCode, date)) ? { date, why: 'region-day-taken' } : null;
}

function freeOn(search: Search, date: string): Session[] {
  const { context, appointment, rooms, occupied, closures, now } = search;
  const { calendar } = context.reference;
  const { kind, consultantId, agreed } = appointment;
  return offeredTimes(calendar, kind, date).flatMap((time) => {
    const halfHours = halfHoursFrom(date, time);
    const isTaken = (claim: (at: string) => string): boolean =>
      halfHours.some((at) => occupied.has(claim(at)));
    if (kind === 'visit' && occupied.has(visitClaim(`${date}T${time}`))) return [];
    if (consultantId !== null && isTaken((at) => staffClaim(consultantId, at))) return [];
    const unclaimed = rooms.filter(({ code }) => !isTaken((at) => roomClaim(code, at)));
    if (unclaimed.length === 0) return [];
    const startsAt = startOf(calendar, date, time);
    if (startsAt <= now || startsAt.getTime() === agreed?.startsAt.getTime()) return [];
    const room = unclaimed.find(
      ({ code }) => closedReason(calendar, closures, sessionAt(startsAt, code)) === null,
    );
    return room ? [sessionAt(startsAt, room.code)] : [];
  });
}

/** Closed for the whole day in all rooms, or taken. */
function fullOrClosed({ context, appointment, rooms, closures }: Search, date: string): FullDay {
  const { calendar } = context.reference;
  const sessions = offeredTimes(calendar, appointment.kind, date).flatMap((time) =>
    rooms.map(({ code }) => sessionAt(startOf(calendar, date, time), code)),
  );
  const reasons = sessions.map((session) => closedReason(calendar, closures, session));
  const [name] = reasons;
  return name && reasons.every((reason) => reason !== null)
    ? { date, why: 'closed', name }
    : { date, why: 'full' };
}

function later(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}
