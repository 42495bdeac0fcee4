import type { Escalation } from '../../models/escalation.js';
import { nextOpening, type WorkingCalendar } from '../../shared/working-time.js';

/** Working hours after which whoever has to act is reminded; after as many again the supervisor is told. */
const REACTION_MILLISECONDS = 4 * 3_600_000;

/** The first reminder after a step; null while nobody of the unit has to act. Always within hours (R-T3). */
export function firstUnitNotice(
  calendar: WorkingCalendar,
  { state, dueAt }: Pick<Escalation, 'state' | 'dueAt'>,
  now: Date,
): Date | null {
  const soon = nextUnitNotice(calendar, now);
  if (state === 'sent' || state === 'submitted') return soon;
  if (state !== 'claimed') return null;
  // Whoever has claimed it has until the day it falls due.
  const [opening] = calendar.day(calendar.dateOf(dueAt)).periods;
  return opening && opening.from > soon.getTime() ? new Date(opening.from) : soon;
}

/** Four working hours later, on an instant at which the office is open. */
export function nextUnitNotice(calendar: WorkingCalendar, from: Date): Date {
  let at = nextOpening(calendar, from);
  let left = REACTION_MILLISECONDS;
  for (;;) {
    const time = at.getTime();
    const period = calendar
      .day(calendar.dateOf(at))
      .periods.find((open) => open.from <= time && time < open.to);
    const until = period?.to ?? time;
    if (time + left < until) return new Date(time + left);
    left -= until - time;
    at = nextOpening(calendar, new Date(until));
  }
}
