import type { Ticket } from '../../models/ticket.js';
import { deadlineAfterWorkingDays, type WorkingCalendar } from '../../shared/working-time.js';
import { clockOf } from '../tickets/policy.js';
import type { ClockName, Clocks } from './clocks.js';
import { pausesUntil } from './pauses.js';

/** What deadlines are counted by. */
export interface DeadlineRules {
  readonly calendar: WorkingCalendar;
  readonly clocks: Clocks;
}

/** What of a ticket its deadline hangs on. */
export type CountedTicket = Pick<
  Ticket,
  'kind' | 'status' | 'escalatedAt' | 'receivedAt' | 'countedFrom' | 'dueAt' | 'deadline'
>;

export interface CountedDeadline {
  clock: ClockName;
  workingDays: number;
  countedFrom: Date;
  dueAt: Date;
  breach: NonNullable<Ticket['deadline']>['breach'];
  /** What the user may rely on: the new date after a breach, the due date before. */
  promisedAt: Date;
}

/**
 * The deadline of an open ticket by the rules given, from its data alone: counted twice it comes out the same.
 *
 * - A pause that lasts counts up to `now`.
 * - A change of the rules never makes late what was not: where the new date is over already, it is the next closing time,
 *   or the old date where that comes first.
 * - What was missed stays missed. Only a breach the user has not been told of is undone, when by the new rules it is none.
 * - R-E2: after a breach the same clock is promised once more, counted from the moment of the breach.
 *
 * @throws DomainError calendar-without-open-day
 */
export function countDeadline(rules: DeadlineRules, ticket: CountedTicket, now: Date): CountedDeadline {
  const { calendar } = rules;
  const clock = clockOf(ticket.kind, { escalated: Boolean(ticket.escalatedAt) });
  const workingDays = rules.clocks[clock];
  const pauses = pausesUntil(ticket.deadline?.pauses ?? [], now);
  const missed = ticket.deadline?.breach ?? null;
  const { countedFrom, dueAt } = deadlineAfterWorkingDays(calendar, ticket.receivedAt, workingDays, pauses);
  const counted = { clock, workingDays, countedFrom };
  if (missed && (missed.toldAt ?? dueAt <= now)) {
    const again = deadlineAfterWorkingDays(calendar, missed.at, workingDays, pauses);
    const breach = { ...missed, dueAt: neverSuddenlyLate(calendar, missed.dueAt, again.dueAt, now) };
    return {
      ...counted,
      countedFrom: ticket.countedFrom,
      dueAt: ticket.dueAt,
      breach,
      promisedAt: breach.dueAt,
    };
  }
  const due = neverSuddenlyLate(calendar, ticket.dueAt, dueAt, now);
  return { ...counted, dueAt: due, breach: null, promisedAt: due };
}

function neverSuddenlyLate(calendar: WorkingCalendar, before: Date, counted: Date, now: Date): Date {
  if (counted > now) return counted;
  if (before <= now) return before;
  const closing = deadlineAfterWorkingDays(calendar, now, 0).dueAt;
  return closing < before ? closing : before;
}
