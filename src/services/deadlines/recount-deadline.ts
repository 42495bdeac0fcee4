import type { Filter } from '../../models/query.js';
import { OPEN_STATUSES, type Ticket } from '../../models/ticket.js';
import type { DueChange, DueChangeReason, TicketDeadline } from '../../models/ticket-deadline.js';
import { nextOpening } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import { clockOf } from '../tickets/policy.js';
import { ticketChange } from '../tickets/ticket-change.js';
import { countDeadline, type CountedDeadline } from './count-deadline.js';
import { firstNotice } from './first-notice.js';
import { moveEscalation } from './move-escalation.js';
import { isPaused, isPauseUnsettled, settledPauses } from './pauses.js';
import { promisedDate } from './promised-date.js';

/** How many lines of its history a deadline keeps. */
const KEPT_CHANGES = 50;

/** How often it is counted again when the ticket changed in between. */
const ATTEMPTS = 5;

export interface Recount {
  reason: DueChangeReason;
  /** Name of the administrator whose change it is. */
  by: string | null;
  now: Date;
}

/**
 * Counts the deadline of one open ticket again, in one write with the beginning or end of its pause, and keeps the old date
 * with the reason. Run twice, late, or by two processes at once it changes nothing more: the date follows from the ticket's
 * data.
 * @returns the ticket as it stands, or null when it is not open any more
 */
export async function recountDeadline(
  context: ServiceContext,
  ticketId: string,
  recount: Recount,
): Promise<Ticket | null> {
  const { models, changes, reference } = context;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const ticket = await models.tickets
      .findOne({ _id: ticketId, status: { $in: [...OPEN_STATUSES] } })
      .lean();
    if (!ticket) return null;
    const pauses = settledPauses(reference.calendar, ticket, recount.now);
    const before = ticket.deadline && { ...ticket.deadline, pauses };
    const counted = countDeadline(reference, before ? { ...ticket, deadline: before } : ticket, recount.now);
    // First: a crash after it leaves a ticket that is counted again, and so does a lost race.
    if (ticket.escalatedAt) await moveEscalation(context, ticketId, counted.promisedAt, recount.now);
    const deadline = nextDeadline(context, ticket, { counted, pauses }, recount);
    if (!deadline) return ticket;
    const { countedFrom, dueAt } = counted;
    const moved = dueAt.getTime() !== ticket.dueAt.getTime();
    const nextNoticeAt = moved ? firstNotice(reference.calendar, dueAt) : ticket.nextNoticeAt;
    const written = await models.tickets
      .findOneAndUpdate(
        asRead(ticket),
        { $set: { countedFrom, dueAt, deadline, nextNoticeAt } },
        { returnDocument: 'after' },
      )
      .lean();
    if (!written) continue;
    changes.publish(ticketChange(written));
    return written;
  }
  throw new Error(`the deadline of ticket ${ticketId} kept changing`);
}

/** The ticket follows another clock than it was counted by, or its pauses say something else than its status. */
function isUnsettled(ticket: Ticket): boolean {
  const { kind, escalatedAt, deadline } = ticket;
  if (!deadline) return false;
  return isPauseUnsettled(ticket) || deadline.clock !== clockOf(kind, { escalated: Boolean(escalatedAt) });
}

/**
 * Brings the deadline up to the ticket's status after a write that changed it; also by the sweep, where a crash came in
 * between.
 */
export async function settleDeadline(context: ServiceContext, ticket: Ticket, at: Date): Promise<Ticket> {
  if (!isUnsettled(ticket)) return ticket;
  const reason = isPauseUnsettled(ticket) ? 'pause' : 'escalation';
  return (await recountDeadline(context, ticket._id, { reason, by: null, now: at })) ?? ticket;
}

/** Same deadline, same status, not escalated in between. */
export function asRead({ _id, status, dueAt, escalatedAt, deadline }: Ticket): Filter<Ticket> {
  const version = deadline?.version ?? null;
  return { _id, status, dueAt, escalatedAt: escalatedAt ?? null, 'deadline.version': version };
}

type Next = { counted: CountedDeadline } & Pick<TicketDeadline, 'pauses'>;

/** Undefined when nothing changes. */
function nextDeadline(
  { reference }: ServiceContext,
  ticket: Ticket,
  { counted, pauses }: Next,
  { reason, by, now }: Recount,
): TicketDeadline | undefined {
  const { deadline } = ticket;
  const { clock, workingDays, breach, promisedAt } = counted;
  const same =
    deadline?.rules === reference.deadlineRules &&
    deadline.clock === clock &&
    deadline.workingDays === workingDays &&
    !isPauseUnsettled(ticket) &&
    Boolean(deadline.breach) === Boolean(breach);
  if (same && promisedAt.getTime() === promisedDate(ticket).getTime()) return undefined;
  return {
    version: (deadline?.version ?? 0) + 1,
    ...{ clock, workingDays, rules: reference.deadlineRules, breach, pauses },
    changes: [...(deadline?.changes ?? []), ...change()].slice(-KEPT_CHANGES),
    ...whatToTell(),
  };

  /** A pause is one line when it ends, from the date before it. */
  function change(): DueChange[] {
    const open = ticket.deadline?.pauses.find(({ to }) => to === null);
    if (reason === 'pause' && isPaused(ticket.status)) return [];
    const from = reason === 'pause' && open ? open.dueAt : promisedDate(ticket);
    return from.getTime() === promisedAt.getTime() ? [] : [{ at: now, from, to: promisedAt, reason, by }];
  }

  /** Later than the user was told, by no act of theirs: they are told within office hours. Of an escalation they are told when it is made. */
  function whatToTell(): Pick<TicketDeadline, 'toldDueAt' | 'tellAt'> {
    const toldDueAt = deadline?.toldDueAt ?? ticket.dueAt;
    const tellAt = deadline?.tellAt ?? null;
    if (breach && !breach.toldAt) return { toldDueAt, tellAt };
    if (reason !== 'pause' && reason !== 'escalation') {
      return { toldDueAt, tellAt: promisedAt > toldDueAt ? nextOpening(reference.calendar, now) : null };
    }
    const undone = Boolean(deadline?.breach) && !breach;
    return tellAt && !undone ? { toldDueAt, tellAt } : { toldDueAt: promisedAt, tellAt: null };
  }
}
