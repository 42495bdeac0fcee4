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
}

/** More than a working year is a slip of the pen, not a deadline. */
const MOST_WORKING_DAYS = 260;

/**
 * R-T4: the day of receipt is day 0, the deadline ends at closing time of the n-th working day after it.
 * @param workingDays whole number from 0 (the end of day 0) to 260
 * @throws DomainError invalid-input, calendar-without-open-day
 */
export function deadlineAfterWorkingDays(
  calendar: WorkingCalendar,
  receivedAt: Date,
  workingDays: number,
): Deadline {
  const { start, last, skipped } = walk(calendar, receivedAt, workingDays);
  return { countedFrom: start, dueAt: closingOf(last), skipped };
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
  return walk(calendar, receivedAt, workingDays).last.date;
}

function walk(
  calendar: WorkingCalendar,
  receivedAt: Date,
  workingDays: number,
): { start: Date; last: OfficeDay; skipped: readonly SkippedDay[] } {
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
  for (let count = 0; count < workingDays; count += 1) day = nextWorkingDay(calendar, day.date, skip);
  return { start, last: day, skipped };
}
