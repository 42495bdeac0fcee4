import { formatDateTime, formatDayMonth, formatTime, type IndonesianZone } from '../format-time.js';
import type { Language, Translate } from '../i18n.js';
import type { WorkingCalendar } from './calendar.js';
import { deadlineAfterWorkingDays, type SkippedDay } from './deadline.js';

/** The arithmetic of a deadline as facts, for agent and user alike. */
export interface DeadlineExplanation {
  workingDays: number;
  receivedAt: Date;
  countedFrom: Date;
  dueAt: Date;
  /** Holidays, collective leave and closings only: nobody needs to be told of a weekend. */
  daysOff: readonly SkippedDay[];
}

/** @throws DomainError invalid-input, calendar-without-open-day */
export function explainDeadline(
  calendar: WorkingCalendar,
  receivedAt: Date,
  workingDays: number,
): DeadlineExplanation {
  const { countedFrom, dueAt, skipped } = deadlineAfterWorkingDays(calendar, receivedAt, workingDays);
  return {
    workingDays,
    receivedAt,
    countedFrom,
    dueAt,
    daysOff: skipped.filter(({ reason }) => reason !== 'weekend'),
  };
}

/** "3 hari kerja sejak Kamis, 5 Maret pukul 15.40 WIB; libur: …; jatuh tempo Selasa, 10 Maret 2026 pukul 17.00 WIB". */
export function formatDeadline(
  explanation: DeadlineExplanation,
  t: Translate,
  { language, zone }: { language: Language; zone?: IndonesianZone | undefined },
): string {
  const { workingDays, receivedAt, countedFrom, dueAt, daysOff } = explanation;
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
  parts.push(t('deadline:due', { due: formatDateTime(dueAt, { language, zone }) }));
  return parts.join('; ');
}
