import type { NonWorkingDayRecord } from '../../models/non-working-day.js';
import { createWorkingCalendar, type OfficeHours, type WorkingCalendar } from '../../shared/working-time.js';

/** @throws DomainError invalid-input, calendar-without-open-day */
export function calendarOf(hours: OfficeHours, days: readonly NonWorkingDayRecord[]): WorkingCalendar {
  return createWorkingCalendar(
    hours,
    days.map(({ _id, name, kind, decree }) => ({ date: _id, name, kind, ...(decree ? { decree } : {}) })),
  );
}
