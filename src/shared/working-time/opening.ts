import { DomainError } from '../errors.js';
import { addDays, type OfficeDay, type WorkingCalendar } from './calendar.js';

/** No office is closed for a whole year: a longer search means that the calendar is wrong. */
const LONGEST_CLOSURE_DAYS = 366;

/** R-T2. Takes a local date yyyy-MM-dd or an instant. */
export function isWorkingDay(calendar: WorkingCalendar, when: string | Date): boolean {
  const date = typeof when === 'string' ? when : calendar.dateOf(when);
  return calendar.day(date).periods.length > 0;
}

/** R-T3. Open from the opening minute up to, not including, the closing minute; closed during breaks. */
export function isOpen(calendar: WorkingCalendar, now: Date): boolean {
  const time = now.getTime();
  return calendar.day(calendar.dateOf(now)).periods.some(({ from, to }) => from <= time && time < to);
}

/**
 * When a person is there again: `now` itself while open, otherwise the next opening, be it after a break.
 * @throws DomainError calendar-without-open-day
 */
export function nextOpening(calendar: WorkingCalendar, now: Date): Date {
  const time = now.getTime();
  const today = calendar.day(calendar.dateOf(now));
  const period = today.periods.find(({ to }) => time < to);
  if (period) return new Date(Math.max(time, period.from));
  return openingOf(nextWorkingDay(calendar, today.date));
}

/**
 * R-T4: the instant from which a deadline counts. Outside operating hours means before the first opening, at or
 * after the last closing, or on a non-working day; it then counts as received at the next opening. A break inside
 * a working day is not outside: deadlines count whole days, and the day is the same before and after lunch.
 * @throws DomainError calendar-without-open-day
 */
export function countedFrom(calendar: WorkingCalendar, receivedAt: Date): Date {
  const day = calendar.day(calendar.dateOf(receivedAt));
  const time = receivedAt.getTime();
  const withinDay =
    day.periods.length > 0 && time >= openingOf(day).getTime() && time < closingOf(day).getTime();
  return withinDay ? receivedAt : nextOpening(calendar, receivedAt);
}

/**
 * Minutes of operating hours between two instants, fractions included; 0 when `to` is not after `from`.
 * Breaks, nights and non-working days do not count.
 */
export function workingMinutesBetween(calendar: WorkingCalendar, from: Date, to: Date): number {
  const start = from.getTime();
  const end = to.getTime();
  if (end <= start) return 0;
  const lastDate = calendar.dateOf(to);
  let total = 0;
  for (let date = calendar.dateOf(from); date <= lastDate; date = addDays(date, 1)) {
    for (const period of calendar.day(date).periods) {
      total += Math.max(0, Math.min(period.to, end) - Math.max(period.from, start));
    }
  }
  return total / 60_000;
}

/**
 * The first working day after `date`; `visit` sees each day passed over.
 * @throws DomainError calendar-without-open-day after a year of closed days.
 */
export function nextWorkingDay(
  calendar: WorkingCalendar,
  date: string,
  visit?: (closedDay: OfficeDay) => void,
): OfficeDay {
  let next = date;
  for (let searched = 0; searched < LONGEST_CLOSURE_DAYS; searched += 1) {
    next = addDays(next, 1);
    const day = calendar.day(next);
    if (day.periods.length > 0) return day;
    visit?.(day);
  }
  throw new DomainError('calendar-without-open-day', { date });
}

/** Last closing of a working day. */
export function closingOf(day: OfficeDay): Date {
  return edgeOf(day, day.periods.at(-1)?.to);
}

function openingOf(day: OfficeDay): Date {
  return edgeOf(day, day.periods[0]?.from);
}

function edgeOf(day: OfficeDay, time: number | undefined): Date {
  if (time === undefined) throw new DomainError('calendar-without-open-day', { date: day.date });
  return new Date(time);
}
