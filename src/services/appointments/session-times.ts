import { DateTime } from 'luxon';
import type { Session } from '../../models/appointment.js';
import type { BookingKind } from '../../models/ticket.js';
import { isWorkingDay, type WorkingCalendar } from '../../shared/working-time.js';

const SESSION_MINUTES = 60;
const HALF_HOUR = 30 * 60_000;

/** R-C3: by the circular on each working day, Fridays too. */
const VISIT_TIMES = ['09:00', '10:00', '13:00', '14:00'] as const;
/** Offered where they lie within office hours (R-B3); an agent may agree on any other half hour of them. */
const VIDEO_TIMES = [...VISIT_TIMES, '15:00'] as const;

/** Wall-clock starts "HH:mm" that are offered on a date (yyyy-MM-dd); none on a day that is not worked. */
export function offeredTimes(calendar: WorkingCalendar, kind: BookingKind, date: string): readonly string[] {
  if (!isWorkingDay(calendar, date)) return [];
  if (kind === 'visit') return VISIT_TIMES;
  return VIDEO_TIMES.filter((time) => isWithinHours(calendar, startOf(calendar, date, time)));
}

/** Whether it may be agreed on at that time at all; a working day, a session or a half hour of the office's. */
export function isSessionTime(
  calendar: WorkingCalendar,
  kind: BookingKind,
  startsAt: Date,
  { byStaff }: { byStaff: boolean },
): boolean {
  const date = calendar.dateOf(startsAt);
  const offered = offeredTimes(calendar, kind, date);
  if (offered.some((time) => startOf(calendar, date, time).getTime() === startsAt.getTime())) return true;
  return byStaff && kind !== 'visit' && isHalfHour(startsAt) && isWithinHours(calendar, startsAt);
}

/** @param time "HH:mm" in the zone of the office */
export function startOf({ zone }: WorkingCalendar, date: string, time: string): Date {
  return DateTime.fromISO(`${date}T${time}`, { zone }).toJSDate();
}

export function sessionAt(startsAt: Date, room: string): Session {
  return { startsAt, endsAt: new Date(startsAt.getTime() + SESSION_MINUTES * 60_000), room };
}

/** "2026-03-05T09:00" and every further half hour that it covers, in the zone of the office. */
export function halfHoursOf(calendar: WorkingCalendar, { startsAt, endsAt }: Session): string[] {
  const count = Math.ceil((endsAt.getTime() - startsAt.getTime()) / HALF_HOUR);
  return Array.from({ length: count }, (_, index) =>
    DateTime.fromMillis(startsAt.getTime() + index * HALF_HOUR, { zone: calendar.zone }).toFormat(
      "yyyy-MM-dd'T'HH:mm",
    ),
  );
}

/** The half hours of an offered session, from its date and time alone. */
export function halfHoursFrom(date: string, time: string): string[] {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  return [0, 30].map((later) => {
    const at = hour * 60 + minute + later;
    return `${date}T${pad(Math.floor(at / 60))}:${pad(at % 60)}`;
  });
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}

function isHalfHour(startsAt: Date): boolean {
  return startsAt.getTime() % HALF_HOUR === 0;
}

function isWithinHours(calendar: WorkingCalendar, startsAt: Date): boolean {
  const from = startsAt.getTime();
  const to = from + SESSION_MINUTES * 60_000;
  const { periods } = calendar.day(calendar.dateOf(startsAt));
  return periods.some((period) => period.from <= from && to <= period.to);
}
