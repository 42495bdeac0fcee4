import type { Appointment } from '../../models/appointment.js';
import type { WorkingCalendar } from '../../shared/working-time.js';

/** When an appointment is looked at next; null when nothing is due of itself. */
export function nextNotice(_calendar: WorkingCalendar, { held }: Appointment, _now: Date): Date | null {
  return held?.until ?? null;
}
