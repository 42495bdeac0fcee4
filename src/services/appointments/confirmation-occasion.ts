import type { Appointment, AppointmentEntry, Session } from '../../models/appointment.js';
import type { Ticket } from '../../models/ticket.js';

/**
 * Why the user gets papers: agreed: a time · changed: another one · updated: guests or link · cancelled, declined · planning: the
 * office gives it up, another one is to be agreed.
 */
export type ConfirmationOccasion = 'agreed' | 'changed' | 'updated' | 'cancelled' | 'declined' | 'planning';

/** All that the papers of one step are made of. */
export interface Confirmation {
  ticket: Ticket;
  appointment: Appointment;
  /** The step that they follow from. */
  entry: AppointmentEntry;
  occasion: ConfirmationOccasion;
  /** The time that is agreed, or that was given up. */
  session: Session;
  now: Date;
}

type Facts = Pick<Appointment, 'kind' | 'thread'>;

/** What the papers of one step say; null where it calls for none. */
export function confirmationOccasion(
  { kind, thread }: Facts,
  { n, step, startsAt, text }: AppointmentEntry,
): ConfirmationOccasion | null {
  if (step === 'book') return 'agreed';
  if (step === 'move') return 'changed';
  if (step === (kind === 'visit' ? 'guests' : 'meeting')) return isAwaited(thread, n) ? 'updated' : null;
  // What was not agreed yet needs no taking back.
  if (startsAt === undefined) return null;
  if (step === 'cancel') return 'cancelled';
  if (step === 'decline') return 'declined';
  // A trial that failed has its hindrance as text (R-B5).
  return step === 'displace' || (step === 'trial' && text !== undefined) ? 'planning' : null;
}

/** How many steps with papers there were before. */
export function confirmationsBefore(appointment: Facts, { n }: AppointmentEntry): number {
  return appointment.thread.filter(
    (entry) => entry.n < n && confirmationOccasion(appointment, entry) !== null,
  ).length;
}

/** Whether a later step has papers: those say how things are now, and the earlier ones would be wrong. */
export function isOutdated(appointment: Facts, { n }: AppointmentEntry): boolean {
  return appointment.thread.some((entry) => entry.n > n && confirmationOccasion(appointment, entry) !== null);
}

/** Whether a time was agreed and had not come when the step was taken. */
function isAwaited(thread: readonly AppointmentEntry[], n: number): boolean {
  let awaited = false;
  for (const { n: at, step, text } of thread) {
    if (at >= n) break;
    if (step === 'book' || step === 'move') awaited = true;
    else if (ENDS.has(step) || (step === 'trial' && text !== undefined)) awaited = false;
  }
  return awaited;
}

const ENDS: ReadonlySet<AppointmentEntry['step']> = new Set([
  ...(['displace', 'cancel', 'decline', 'no-show', 'arrive', 'begin', 'end', 'report'] as const),
]);
