import { DateTime } from 'luxon';
import { DomainError } from '../errors.js';
import { parseOfficeHours, type MinutePeriod, type OfficeHours } from './office-hours.js';

export type NonWorkingKind = 'national-holiday' | 'collective-leave' | 'office-closing';

/** A day on which the office does not work although its weekday would (R-T2). */
export interface NonWorkingDay {
  /** yyyy-MM-dd */
  date: string;
  name: string;
  kind: NonWorkingKind;
  /** The decree that sets the day, as cited in letters. */
  decree?: string;
}

/** One calendar date of the office, worked out. */
export interface OfficeDay {
  /** yyyy-MM-dd */
  date: string;
  /** Epoch milliseconds, in order; empty on a non-working day. */
  periods: readonly MinutePeriod[];
  /** Why the day is not worked; absent on a working day. */
  closed?: { reason: NonWorkingKind | 'weekend'; name?: string };
}

/** Office hours and days off, indexed. Immutable to callers; a change of either makes a new calendar. */
export interface WorkingCalendar {
  readonly zone: string;
  readonly hours: OfficeHours;
  /** @throws DomainError invalid-input for anything but a real date yyyy-MM-dd. */
  day(date: string): OfficeDay;
  /** The local date (yyyy-MM-dd) on which the instant falls. */
  dateOf(instant: Date): string;
}

/** Eleven years of days; a calendar that is asked for more starts its memory anew. */
const REMEMBERED_DAYS = 4_000;

const DAY_MILLISECONDS = 86_400_000;

/**
 * Indexes hours and days off. Where a date is listed twice the first entry names it.
 * @throws DomainError invalid-input, calendar-without-open-day
 */
export function createWorkingCalendar(hours: OfficeHours, days: readonly NonWorkingDay[]): WorkingCalendar {
  const week = parseOfficeHours(hours);
  const daysOff = new Map<string, NonWorkingDay>();
  for (const day of days) {
    startOfDay(day.date, hours.zone);
    if (!daysOff.has(day.date)) daysOff.set(day.date, day);
  }
  const known = new Map<string, OfficeDay>();
  return {
    zone: hours.zone,
    hours,
    dateOf: (instant) => isoDate(DateTime.fromJSDate(instant, { zone: hours.zone })),
    day: (date) => {
      const remembered = known.get(date);
      if (remembered) return remembered;
      if (known.size >= REMEMBERED_DAYS) known.clear();
      const midnight = startOfDay(date, hours.zone);
      const day = workOutDay(date, midnight, week.get(midnight.weekday) ?? [], daysOff.get(date));
      known.set(date, day);
      return day;
    },
  };
}

/** The date `count` days later (or earlier, when negative); pure calendar, no zone. */
export function addDays(date: string, count: number): string {
  return new Date(Date.parse(date) + count * DAY_MILLISECONDS).toISOString().slice(0, 10);
}

function workOutDay(
  date: string,
  midnight: DateTime,
  periods: readonly MinutePeriod[],
  dayOff: NonWorkingDay | undefined,
): OfficeDay {
  if (periods.length === 0) return { date, periods: [], closed: { reason: 'weekend' } };
  if (dayOff) return { date, periods: [], closed: { reason: dayOff.kind, name: dayOff.name } };
  return {
    date,
    periods: periods.map(({ from, to }) => ({ from: atMinute(midnight, from), to: atMinute(midnight, to) })),
  };
}

/** Wall-clock minutes, so that a zone with summer time keeps its opening hours. */
function atMinute(midnight: DateTime, minutes: number): number {
  if (minutes === 24 * 60) return midnight.plus({ days: 1 }).toMillis();
  return midnight.set({ hour: Math.floor(minutes / 60), minute: minutes % 60 }).toMillis();
}

function startOfDay(date: string, zone: string): DateTime {
  const midnight = /^\d{4}-\d{2}-\d{2}$/.test(date)
    ? DateTime.fromISO(date, { zone })
    : DateTime.invalid('format');
  if (!midnight.isValid) throw new DomainError('invalid-input', { field: 'date', value: date });
  return midnight;
}

function isoDate(moment: DateTime): string {
  const date = moment.toISODate();
  if (date === null) throw new DomainError('invalid-input', { field: 'date' });
  return date;
}
