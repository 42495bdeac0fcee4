import type { Appointment } from '../../models/appointment.js';
import type { BookingKind } from '../../models/ticket.js';
import { earliestDateAfterWorkingDays, type WorkingCalendar } from '../../shared/working-time.js';

/** Working days after the letter was received: R-C1 and R-B2, over the ministry's network 5 (SOP-179). */
const LEAD_DAYS: Readonly<Record<BookingKind, number>> = {
  visit: 3,
  'video-application': 3,
  'video-network': 5,
};

/**
 * The first date (yyyy-MM-dd) on which it may take place (R-T4, R-B2, R-C1), never one that is past. Before there is a letter:
 * as if it came now.
 */
export function earliestDay(
  calendar: WorkingCalendar,
  { kind, letter }: Pick<Appointment, 'kind' | 'letter'>,
  now: Date,
): string {
  const earliest = earliestDateAfterWorkingDays(calendar, letter?.receivedAt ?? now, LEAD_DAYS[kind]);
  const today = calendar.dateOf(now);
  return earliest > today ? earliest : today;
}
