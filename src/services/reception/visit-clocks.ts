import type { Appointment, Session, VisitRecord } from '../../models/appointment.js';

const MINUTE = 60_000;

/** R-C2: guests are let in from so many minutes before their session until its end. */
const EARLY_MINUTES = 30;
/** R-C8, SOP-194 8.d: from calling the consultant to their coming. */
const MEET_MINUTES = 10;
/** R-C8, SOP-194 7: from registering to the identity card's return. */
const VISIT_MINUTES = 60;

/** When a visit may be let in: `until` no longer belongs to it. */
export function admission({ startsAt, endsAt }: Session): { from: Date; until: Date } {
  return { from: new Date(startsAt.getTime() - EARLY_MINUTES * MINUTE), until: endsAt };
}

/** One clock of a visit: minutes so far, or in all once it has stopped. */
export interface VisitClock {
  startedAt: Date;
  dueAt: Date;
  stoppedAt: Date | null;
  minutes: number;
  late: boolean;
}

/** Since the consultant was called; null before, and where they came by themselves. */
export function consultantClock({ calledAt, metAt }: VisitRecord, now: Date): VisitClock | null {
  return calledAt && clock(calledAt, MEET_MINUTES, metAt, now);
}

/** Since the identity card was taken. */
export function visitClock({ arrivedAt, leftAt }: VisitRecord, now: Date): VisitClock {
  return clock(arrivedAt, VISIT_MINUTES, leftAt, now);
}

function clock(startedAt: Date, most: number, stoppedAt: Date | null, now: Date): VisitClock {
  const end = (stoppedAt ?? now).getTime();
  const dueAt = new Date(startedAt.getTime() + most * MINUTE);
  return {
    ...{ startedAt, dueAt, stoppedAt },
    minutes: Math.max(0, Math.floor((end - startedAt.getTime()) / MINUTE)),
    late: end > dueAt.getTime(),
  };
}

/** What a figure wants to know once a clock of a visit has stopped (R-F1). */
export function clockFacts(
  { visit }: Pick<Appointment, 'visit'>,
  step: 'meet' | 'leave',
): Record<string, number | boolean> {
  if (!visit) return {};
  const at = step === 'meet' ? visit.metAt : visit.leftAt;
  const stopped = at && (step === 'meet' ? consultantClock(visit, at) : visitClock(visit, at));
  return stopped ? { minutes: stopped.minutes, late: stopped.late } : {};
}
