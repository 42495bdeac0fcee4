import type { Appointment, Session } from '../../models/appointment.js';
import { addDays } from '../../shared/working-time/calendar.js';
import { countedFrom, isWorkingDay, type WorkingCalendar } from '../../shared/working-time.js';
import { readFreedMark } from './notice-marks.js';
import { startOf } from './session-times.js';

/**
 * What an appointment is looked at for without anybody having done anything. freed: a time is kept for who waited · hold-over:
 * what was kept is free again · begin, end: of a conference; of a visit, once the identity card is back (R-C8) · no-show: nobody
 * came to a visit until its session was over (R-C6).
 */
export type NoticeCode =
  'freed' | 'hold-over' | 'reminder-day' | 'reminder-hours' | 'begin' | 'end' | 'no-show';

export interface Notice {
  code: NoticeCode;
  at: Date;
  /** As `noticed` keeps it. */
  mark: string;
}

const HOUR_MILLISECONDS = 3_600_000;

/** Of the working day before. */
const REMINDER_TIME = '09:00';

/** Longer than any row of days off. */
const LONGEST_CLOSURE_DAYS = 366;

/** When an appointment is looked at next; null when nothing is due of itself. Planning late is the ticket's own clock (R-B2). */
export function nextNotice(calendar: WorkingCalendar, appointment: Appointment, now: Date): Date | null {
  return pendingNotices(calendar, appointment, now)[0]?.at ?? null;
}

/**
 * What is due or still to come of itself, the earliest first. What the user is to hear is put off to the next opening when `now`
 * is at night or on a day off; a break within a working day is neither (R-T4).
 */
export function pendingNotices(calendar: WorkingCalendar, appointment: Appointment, now: Date): Notice[] {
  const { held, noticed } = appointment;
  const freed = noticed.filter((mark) => readFreedMark(mark) !== undefined);
  return [
    ...freed.map((mark): Notice => ({ code: 'freed', at: sayable(calendar, now, now), mark })),
    ...(held
      ? [{ ...noticeOf('hold-over', held.until, held.until), at: sayable(calendar, held.until, now) }]
      : []),
    ...sessionNotices(calendar, appointment, now),
  ].sort((a, b) => a.at.getTime() - b.at.getTime());
}

function sessionNotices(calendar: WorkingCalendar, appointment: Appointment, now: Date): Notice[] {
  const { state, kind, agreed, visit } = appointment;
  if (!agreed) return [];
  const { startsAt, endsAt } = agreed;
  if (state === 'under-way' && kind !== 'visit') return [noticeOf('end', endsAt, startsAt)];
  if (state === 'under-way') return visit?.leftAt ? [noticeOf('end', visit.leftAt, startsAt)] : [];
  if (state !== 'scheduled') return [];
  const due =
    kind === 'visit' ? noticeOf('no-show', endsAt, startsAt) : noticeOf('begin', startsAt, startsAt);
  return [...reminders(calendar, appointment, agreed, now), due];
}

/**
 * At 09.00 on the last working day before, and two hours before but not before the office opens. What lay before the booking the
 * booking itself has said; what came too late is left out.
 */
function reminders(
  calendar: WorkingCalendar,
  appointment: Appointment,
  { startsAt }: Session,
  now: Date,
): Notice[] {
  const opening = calendar.day(calendar.dateOf(startsAt)).periods[0]?.from;
  // A day off: another time is offered instead.
  if (opening === undefined || startsAt <= now) return [];
  const booked = bookedAt(appointment, startsAt) ?? now;
  const hours = new Date(Math.max(startsAt.getTime() - 2 * HOUR_MILLISECONDS, opening));
  const day = startOf(calendar, workingDayBefore(calendar, startsAt), REMINDER_TIME);
  return [noticeOf('reminder-day', day, startsAt), noticeOf('reminder-hours', hours, startsAt)]
    .filter(({ at, mark }) => at > booked && !appointment.noticed.includes(mark))
    .map((notice) => ({ ...notice, at: sayable(calendar, notice.at, now) }))
    .filter(({ code, at }) => at < (code === 'reminder-day' ? hours : startsAt));
}

/** yyyy-MM-dd; the day itself where no other is worked. */
function workingDayBefore(calendar: WorkingCalendar, startsAt: Date): string {
  const date = calendar.dateOf(startsAt);
  for (let days = 1; days <= LONGEST_CLOSURE_DAYS; days += 1) {
    const before = addDays(date, -days);
    if (isWorkingDay(calendar, before)) return before;
  }
  return date;
}

/** When the time was agreed; undefined in the very write that agrees on it. */
function bookedAt({ thread }: Appointment, startsAt: Date): Date | undefined {
  const agreeing = (entry: Appointment['thread'][number]): boolean =>
    (entry.step === 'book' || entry.step === 'move') && entry.startsAt?.getTime() === startsAt.getTime();
  return thread.findLast(agreeing)?.at;
}

/** Within a working day, and once that moment has passed, within one from now on. */
function sayable(calendar: WorkingCalendar, at: Date, now: Date): Date {
  if (at > now) return countedFrom(calendar, at);
  const next = countedFrom(calendar, now);
  return next > now ? next : at;
}

function noticeOf(code: NoticeCode, at: Date, of: Date): Notice {
  return { code, at, mark: `${code}:${of.toISOString()}` };
}
