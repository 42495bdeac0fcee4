import { formatDateTime, formatDayMonth, formatTime, type IndonesianZone } from '../format-time.js';
import type { Language, Translate } from '../i18n.js';
import type { WorkingCalendar } from './calendar.js';
import { deadlineAfterWorkingDays, type Pause, type SkippedDay } from './deadline.js';

/** The arithmetic of a deadline as facts, for agent and user alike. */
export interface DeadlineExplanation {
  workingDays: number;
  receivedAt: Date;
  countedFrom: Date;
  dueAt: Date;
  /** Holidays, collective leave and closings only: nobody needs to be told of a weekend. */
  daysOff: readonly SkippedDay[];
  /** Working days (yyyy-MM-dd) that did not count while the user was waited for. */
  paused: readonly string[];
}

/** What came after the counting. */
interface Aftermath {
  /** A pause that lasts. */
  waitingSince?: Date | undefined;
  /** R-B2: of a booking; `session` while it waits for the time that was agreed. */
  booking?: 'planned' | 'session' | undefined;
  /** The date before an administrator's change, and what was changed. */
  moved?: { from: Date; reason: string } | undefined;
  /** R-E2: promised after the due date was missed. */
  promisedAt?: Date | undefined;
}

/** @throws DomainError invalid-input, calendar-without-open-day */
export function explainDeadline(
  calendar: WorkingCalendar,
  receivedAt: Date,
  workingDays: number,
  pauses: readonly Pause[] = [],
): DeadlineExplanation {
  const { countedFrom, dueAt, skipped, paused } = deadlineAfterWorkingDays(
    calendar,
    receivedAt,
    workingDays,
    pauses,
  );
  return {
    workingDays,
    receivedAt,
    countedFrom,
    dueAt,
    daysOff: skipped.filter(({ reason }) => reason !== 'weekend'),
    paused,
  };
}

/** "3 hari kerja sejak Kamis, 5 Maret pukul 15.40 WIB; libur: …; jatuh tempo Selasa, 10 Maret 2026 pukul 17.00 WIB". */
export function formatDeadline(
  explanation: DeadlineExplanation & Aftermath,
  t: Translate,
  { language, zone }: { language: Language; zone?: IndonesianZone | undefined },
): string {
  const { workingDays, receivedAt, countedFrom, dueAt, daysOff, paused } = explanation;
  const { waitingSince, booking, moved, promisedAt } = explanation;
  const moment = (instant: Date): string =>
    t('deadline:moment', {
      day: formatDayMonth(instant, { language }),
      time: formatTime(instant, { language, zone }),
    });
  const parts = [t('deadline:since', { count: workingDays, from: moment(countedFrom) })];
  if (countedFrom.getTime() !== receivedAt.getTime()) {
    parts.push(t('deadline:receivedOutsideHours', { received: moment(receivedAt) }));
  }
  if (daysOff.length > 0) {
    const days = daysOff.map(({ date, name }) =>
      t('deadline:dayOff', { day: formatDayMonth(date, { language }), name: name ?? '' }),
    );
    parts.push(t('deadline:daysOff', { days: days.join(', ') }));
  }
  if (paused.length > 0) {
    const days = paused.map((date) => formatDayMonth(date, { language })).join(', ');
    parts.push(t(booking ? 'deadline:pausedBooking' : 'deadline:paused', { count: paused.length, days }));
  }
  if (waitingSince) {
    const key = booking === 'session' ? 'deadline:waitingSession' : 'deadline:waiting';
    parts.push(t(key, { from: moment(waitingSince) }));
  }
  if (moved) {
    const from = formatDateTime(moved.from, { language, zone });
    parts.push(t('deadline:moved', { from, reason: t(`deadline:reasons.${moved.reason}`) }));
  }
  parts.push(t('deadline:due', { due: formatDateTime(dueAt, { language, zone }) }));
  if (promisedAt) parts.push(t('deadline:promised', { due: formatDateTime(promisedAt, { language, zone }) }));
  return parts.join('; ');
}
