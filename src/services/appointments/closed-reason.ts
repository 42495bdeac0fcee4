import type { ClosedSession } from '../../models/closed-session.js';
import type { WorkingCalendar } from '../../shared/working-time.js';

/** Why nothing takes place then in that room; null where it may. */
export function closedReason(
  calendar: WorkingCalendar,
  closures: readonly ClosedSession[],
  { startsAt, endsAt, room }: { startsAt: Date; endsAt: Date; room: string },
): string | null {
  const { closed } = calendar.day(calendar.dateOf(startsAt));
  if (closed) return closed.name ?? '';
  const closure = closures.find(
    (candidate) =>
      (candidate.room === null || candidate.room === room) &&
      candidate.startsAt < endsAt &&
      candidate.endsAt > startsAt,
  );
  return closure?.reason ?? null;
}
