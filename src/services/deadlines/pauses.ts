import type { Ticket } from '../../models/ticket.js';
import type { TicketPause } from '../../models/ticket-deadline.js';
import { deadlineAfterWorkingDays, type Pause, type WorkingCalendar } from '../../shared/working-time.js';
import { promisedDate } from './promised-date.js';

/** A ticket of half a year's working days that are all waited for has other troubles. */
const KEPT_PAUSES = 100;

/** The clock stops while the office waits for the user, or for the agreed time of a booking (R-B2). */
export function isPaused(status: Ticket['status']): boolean {
  return status === 'waiting-user' || status === 'scheduled';
}

/** Whether the pauses say something else than the status. */
export function isPauseUnsettled({ status, deadline }: Pick<Ticket, 'status' | 'deadline'>): boolean {
  if (!deadline) return false;
  return deadline.pauses.some(({ to }) => to === null) !== isPaused(status);
}

/**
 * The pauses as the status says: one begins at `at` or ends there. One that held no closing time moved nothing (R-T4) and is
 * not kept, so that an hour's chat leaves none.
 */
export function settledPauses(
  calendar: WorkingCalendar,
  ticket: Pick<Ticket, 'status' | 'dueAt' | 'deadline'>,
  at: Date,
): TicketPause[] {
  const pauses = ticket.deadline?.pauses ?? [];
  if (!isPauseUnsettled(ticket)) return pauses;
  if (isPaused(ticket.status)) {
    return [...pauses, { from: at, to: null, dueAt: promisedDate(ticket) }].slice(-KEPT_PAUSES);
  }
  return pauses
    .map((pause) => ({ ...pause, to: pause.to ?? at }))
    .filter((pause) => holdsClosing(calendar, pause));
}

/** The pauses as far as `now`. */
export function pausesUntil(pauses: readonly TicketPause[], now: Date): Pause[] {
  return pauses.map(({ from, to }) => ({ from, to: to ?? now }));
}

function holdsClosing(calendar: WorkingCalendar, { from, to }: Pause): boolean {
  return deadlineAfterWorkingDays(calendar, from, 0).dueAt <= to;
}
