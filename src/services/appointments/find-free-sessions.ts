import type { Appointment, Session } from '../../models/appointment.js';
import type { ClosedSession } from '../../models/closed-session.js';
import type { ServiceContext } from '../service-context.js';
import {
  conferenceClaim,
  isLimited,
  monthClaim,
  regionDayClaim,
  roomClaim,
  staffClaim,
  visitClaim,
} from './claims.js';
import { closedReason } from './closed-reason.js';
import { earliestDay } from './earliest-day.js';
import { listClosed } from './list-closed.js';
import { occupiedFrom } from './occupied-among.js';
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

/** Most searches end within the first month; the others read so many months at once. */
const MONTHS_AT_ONCE = 3;
const MOST_DAYS = 366;
const DAY = 86_400_000;

/** The first date on which it may take place by R-B2, R-C1 and R-T4 (yyyy-MM-dd). */
export function findEarliest(
  { reference }: ServiceContext,
  { appointment, now }: Pick<FreeSessionsInput, 'appointment' | 'now'>,
): string {
  return earliestDay(reference.calendar, appointment, now);
}

/**
 * What the appointment could be agreed on, by all rules (R-B2, R-C1, R-C3, R-C4), from the claims of the others.
 * @throws DomainError invalid-input for anything but a real date
 */
export async function findFreeSessions(
  context: ServiceContext,
  input: FreeSessionsInput,
): Promise<FreeSessions> {
  const { days = 60, limit = 24, appointment, now } = input;
  const earliest = findEarliest(context, input);
  const wished = input.from === undefined ? earliest : context.reference.calendar.day(input.from).date;
  const from = wished > earliest ? wished : earliest;
  const last = later(from, Math.min(Math.max(days, 1), MOST_DAYS) - 1);
  const found: FreeSessions = { earliest, sessions: [], full: [] };
  const rooms = roomsFor(context.reference.rooms, appointment.kind);
  if (rooms.length === 0) return found;
  const closings = listClosed(context, { from, to: last });
  for (let first = from, months = 1; first <= last; months = MONTHS_AT_ONCE) {
    const end = lastOfMonths(first, months);
    const dates = datesBetween(first, end < last ? end : last);
    const [occupied, closures] = await Promise.all([
      occupiedOn(context, appointment, rooms, dates, now),
      closings,
    ]);
    const search = { context, appointment, rooms, occupied, closures, now };
    if (searchDates(search, dates, limit, found)) break;
    first = later(end, 1);
  }
  found.sessions.splice(limit);
  return found;
}

/** Whether there are as many as were asked for. */
function searchDates(
  search: Search,
  dates: readonly string[],
  limit: number,
  { sessions, full }: FreeSessions,
): boolean {
  for (const date of dates) {
    const why = whyNot(search, date);
    const free = why ? [] : freeOn(search, date);
    sessions.push(...free);
    if (why) full.push(why);
    else if (free.length === 0 && isOffered(search, date)) full.push(fullOrClosed(search, date));
    if (sessions.length >= limit) return true;
  }
  return false;
}

/**
 * All claims of the others that take place in the months of these dates and might be in the way: visits, of which there is one at a
 * time, with rooms and region's places; conferences in the same rooms; and what the consultant does.
 */
function occupiedOn(
  context: ServiceContext,
  { _id, consultantId }: Appointment,
  rooms: readonly Room[],
  dates: readonly string[],
  now: Date,
): Promise<Set<string>> {
  const months = [...new Set(dates.map((date) => date.slice(0, 7)))];
  const withVisits = rooms.some(({ kinds }) => kinds.includes('visit'));
  const beginnings = months.flatMap((month) => [
    ...(withVisits ? [visitClaim(month)] : []),
    ...rooms.map(({ code }) => conferenceClaim(code, month)),
    ...(consultantId === null ? [] : [staffClaim(consultantId, month)]),
  ]);
  return occupiedFrom(context, beginnings, _id, now);
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
  if (!closures.some((closure) => closure.date === date)) return { date, why: 'full' };
  const sessions = offeredTimes(calendar, appointment.kind, date).flatMap((time) =>
    rooms.map(({ code }) => sessionAt(startOf(calendar, date, time), code)),
  );
  const reasons = sessions.map((session) => closedReason(calendar, closures, session));
  const [name] = reasons;
  return name && reasons.every((reason) => reason !== null)
    ? { date, why: 'closed', name }
    : { date, why: 'full' };
}

function datesBetween(first: string, last: string): string[] {
  const dates: string[] = [];
  for (let date = first; date <= last; date = later(date, 1)) dates.push(date);
  return dates;
}

/** The last day of the month of a date, or of so many months beginning with it. */
function lastOfMonths(date: string, months: number): string {
  const [year = 0, month = 0] = date.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 0)).toISOString().slice(0, 10);
}

function later(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY).toISOString().slice(0, 10);
}
