import type { Appointment, AppointmentState } from '../../models/appointment.js';
import { addDays } from '../../shared/working-time/calendar.js';
import { startOf } from '../appointments/session-times.js';
import type { ServiceContext } from '../service-context.js';
import { summariseVisits, type VisitSummary } from './visit-view.js';

/** What stands on a day's list: those that gave their time back do not. */
export const LISTED: readonly AppointmentState[] = ['scheduled', 'under-way', 'over', 'done', 'no-show'];

/**
 * Daftar Reservasi Tamu Harian (R-C7): the visits of a day in their order.
 * @param date yyyy-MM-dd
 * @throws DomainError invalid-input
 */
export async function listDay(
  context: ServiceContext,
  { date, now }: { date: string; now: Date },
): Promise<VisitSummary[]> {
  return summariseVisits(context, await visitsOfDay(context, date), now);
}

/** @throws DomainError invalid-input for anything but a real date */
export async function visitsOfDay(
  { models, reference: { calendar } }: ServiceContext,
  date: string,
): Promise<Appointment[]> {
  const { date: day } = calendar.day(date);
  const from = startOf(calendar, day, '00:00');
  const to = startOf(calendar, addDays(day, 1), '00:00');
  return models.appointments
    .find({ kind: 'visit', state: { $in: [...LISTED] }, 'agreed.startsAt': { $gte: from, $lt: to } })
    .sort({ 'agreed.startsAt': 1, _id: 1 })
    .lean();
}
