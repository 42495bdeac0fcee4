import { DomainError } from '../errors.js';
import type { NonWorkingKind, OfficeDay, WorkingCalendar } from './calendar.js';
import { closingOf, countedFrom, nextWorkingDay } from './opening.js';

/** A day between receipt and due date that did not count; weekends included, also when a holiday falls on one. */
export interface SkippedDay {
  /** yyyy-MM-dd */
  date: string;
  reason: NonWorkingKind | 'weekend';
  name?: string;
}

export interface Deadline {
  /** R-T4: differs from the receipt when that was outside operating hours. */
  countedFrom: Date;
  /** Closing time of the n-th working day after the day of `countedFrom`. */
  dueAt: Date;
  /** In order of date. */
  skipped: readonly SkippedDay[];
  /** Working days (yyyy-MM-dd) that did not count because their closing fell into a pause, in order. */
  paused: readonly string[];
}

/** A time during which the office waited for the user; `to` is the reply. */
export interface Pause {
  from: Date;
  to: Date;
}

/** More than a working year is a slip of the pen, not a deadline. */
const MOST_WORKING_DAYS = 260;

/**
 * R-T4: the day of receipt is day 0, the deadline ends at closing time of the n-th working day after it.
 *
 * Pauses are counted in days as R-T4 counts everything: a working day whose closing time falls into a pause does not
 * count, day 0 included, and one that is paused for some hours only does. A pause therefore moves the deadline by the
 * working days from the question to the reply, each taken as received by R-T4, and a reply never finds the deadline
 * already over. Received Monday 2 March 2026 10.00, n = 2, due Wednesday: asked back Tuesday 16.00 and answered Thursday
 * 09.00, the closings of Tuesday and Wednesday do not count, so it is due on Friday 6 March. A pause that begins after
 * the deadline changes nothing.
 * @param workingDays whole number from 0 (the end of day 0) to 260
 * @throws DomainError invalid-input, calendar-without-open-day
 */
export function deadlineAfterWorkingDays(
  calendar: WorkingCalendar,
  receivedAt: Date,
  workingDays: number,
  pauses: readonly Pause[] = [],
): Deadline {
  const { start, last, skipped, paused } = walk(calendar, receivedAt, workingDays, pauses);
  return { countedFrom: start, dueAt: closingOf(last), skipped, paused };
}

/**
 * R-T4, R-B2, R-C1: the first date (yyyy-MM-dd) that is not before the n-th working day after day 0.
 * @throws DomainError invalid-input, calendar-without-open-day
 */
export function earliestDateAfterWorkingDays(
  calendar: WorkingCalendar,
  receivedAt: Date,
  workingDays: number,
): string {
  return walk(calendar, receivedAt, workingDays, []).last.date;
}

function walk(
  calendar: WorkingCalendar,
  receivedAt: Date,
  workingDays: number,
  pauses: readonly Pause[],
): { start: Date; last: OfficeDay; skipped: readonly SkippedDay[]; paused: readonly string[] } {
  if (!Number.isInteger(workingDays) || workingDays < 0 || workingDays > MOST_WORKING_DAYS) {
    throw new DomainError('invalid-input', { field: 'workingDays', value: workingDays });
  }
  const skipped: SkippedDay[] = [];
  const skip = ({ date, closed }: OfficeDay): void => {
    if (closed) skipped.push({ date, ...closed });
  };
  const start = countedFrom(calendar, receivedAt);
  const dayZero = calendar.dateOf(start);
  let day = calendar.day(calendar.dateOf(receivedAt));
  if (day.periods.length === 0) skip(day);
  while (day.date < dayZero) day = nextWorkingDay(calendar, day.date, skip);
  const paused: string[] = [];
  for (let left = workingDays; ; left -= 1) {
    if (closesDuring(pauses, day)) {
      paused.push(day.date);
      left += 1;
    }
    if (left === 0) return { start, last: day, skipped, paused };
    day = nextWorkingDay(calendar, day.date, skip);
  }
}

/** From the moment of closing on it is the next working day (R-T4): asked then, the day counted; answered then, it did not. */
function closesDuring(pauses: readonly Pause[], day: OfficeDay): boolean {
  const closing = closingOf(day);
  return pauses.some(({ from, to }) => from < closing && closing <= to);
}
