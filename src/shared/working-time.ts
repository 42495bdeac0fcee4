/**
 * Working-time arithmetic of the service (R-T1 to R-T4): pure functions over a calendar of office hours and days
 * off. Nothing here reads the clock or the database.
 */
export { DEFAULT_OFFICE_HOURS } from './working-time/office-hours.js';
export type { OfficeHours } from './working-time/office-hours.js';
export { createWorkingCalendar } from './working-time/calendar.js';
export type { NonWorkingDay, WorkingCalendar } from './working-time/calendar.js';
export {
  countedFrom,
  isOpen,
  isWorkingDay,
  nextOpening,
  workingMinutesBetween,
} from './working-time/opening.js';
export { deadlineAfterWorkingDays, earliestDateAfterWorkingDays } from './working-time/deadline.js';
export type { Pause } from './working-time/deadline.js';
export { explainDeadline, formatDeadline } from './working-time/explain-deadline.js';
