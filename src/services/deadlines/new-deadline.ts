import type { TicketKind } from '../../models/ticket.js';
import type { TicketDeadline } from '../../models/ticket-deadline.js';
import { deadlineAfterWorkingDays } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import { clockOf, workingDaysFor } from '../tickets/policy.js';
import { firstNotice } from './first-notice.js';

interface NewDeadline {
  countedFrom: Date;
  dueAt: Date;
  nextNoticeAt: Date;
  deadline: TicketDeadline;
}

/** The deadline of a ticket that is opened (R-A3, R-T4). */
export function newDeadline(context: ServiceContext, kind: TicketKind, receivedAt: Date): NewDeadline {
  const { calendar, deadlineRules: rules } = context.reference;
  const workingDays = workingDaysFor(context, kind, { escalated: false });
  const { countedFrom, dueAt } = deadlineAfterWorkingDays(calendar, receivedAt, workingDays);
  const clock = clockOf(kind, { escalated: false });
  return {
    ...{ countedFrom, dueAt, nextNoticeAt: firstNotice(calendar, dueAt) },
    deadline: {
      ...{ version: 1, clock, workingDays, rules, pauses: [], changes: [] },
      ...{ toldDueAt: dueAt, tellAt: null, breach: null },
    },
  };
}
