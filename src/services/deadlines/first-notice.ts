import { DateTime } from 'luxon';
import { nextOpening, type WorkingCalendar } from '../../shared/working-time.js';

/** The first look at a deadline: the opening of the day it falls on, so that no notice comes at night (R-T3). */
export function firstNotice(calendar: WorkingCalendar, dueAt: Date): Date {
  const zone = calendar.hours.zone;
  return nextOpening(calendar, DateTime.fromJSDate(dueAt, { zone }).startOf('day').toJSDate());
}
