import type { Ticket } from '../../models/ticket.js';
import { deadlineAfterWorkingDays, nextOpening } from '../../shared/working-time.js';
import { isPaused } from '../deadlines/pauses.js';
import { asRead, recountDeadline, settleDeadline } from '../deadlines/recount-deadline.js';
import type { ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { isOpen, writeTicket } from './write-ticket.js';

/** How many deadlines one run looks at; the next run takes the rest. */
const BATCH = 200;

/**
 * Records each open ticket that falls due today and each that is late, once for each date, and tells the screens. While the
 * user or a session is waited for neither happens: the date moves on with every closing time that passes.
 */
export async function watchDeadlines(context: ServiceContext, now: Date): Promise<void> {
  const due = await context.models.tickets
    .find({ nextNoticeAt: { $type: 'date', $lte: now } })
    .sort({ nextNoticeAt: 1 })
    .limit(BATCH)
    .lean();
  for (const ticket of due) await look(context, ticket, now);
}

/** When the next deadline is to be looked at. */
export async function nextNotice({ models }: ServiceContext): Promise<Date | undefined> {
  const next = await models.tickets
    .findOne({ nextNoticeAt: { $type: 'date' } }, { nextNoticeAt: 1 })
    .sort({ nextNoticeAt: 1 })
    .lean();
  return next?.nextNoticeAt ?? undefined;
}

async function look(context: ServiceContext, found: Ticket, now: Date): Promise<void> {
  if (!isOpen(found)) return nextLook(context, found, null);
  const ticket = await settleDeadline(context, found, found.updatedAt);
  if (ticket.nextNoticeAt && ticket.nextNoticeAt > now) return;
  const late = ticket.dueAt <= now;
  const waiting = isPaused(ticket.status) && !ticket.deadline?.breach;
  if (waiting && late) await recountDeadline(context, ticket._id, { reason: 'pause', by: null, now });
  else if (waiting) await nextLook(context, ticket, ticket.dueAt);
  else if (late) await breach(context, ticket, now);
  else {
    await recordTicketFact(context, ticket, { name: 'due-soon', of: dateOf(ticket), at: now });
    await nextLook(context, ticket, ticket.dueAt);
  }
}

/**
 * R-E2: the breach is of the moment of closing, however late it is found. The user is told at the next opening and promised
 * the same clock once more, counted from the breach.
 */
async function breach(context: ServiceContext, ticket: Ticket, now: Date): Promise<void> {
  const { dueAt: at, deadline } = ticket;
  const { calendar } = context.reference;
  await recordTicketFact(context, ticket, { name: 'overdue', of: dateOf(ticket), at });
  if (!deadline) {
    // A ticket from before: it is counted first and looked at again.
    await recountDeadline(context, ticket._id, { reason: 'calendar', by: null, now });
    return;
  }
  if (deadline.breach) return nextLook(context, ticket, null);
  const { dueAt } = deadlineAfterWorkingDays(calendar, at, deadline.workingDays);
  await writeTicket(context, asRead(ticket), {
    $set: {
      nextNoticeAt: null,
      'deadline.version': deadline.version + 1,
      'deadline.breach': { at, dueAt, toldAt: null },
      'deadline.tellAt': nextOpening(calendar, now),
    },
  });
}

/** A date that was moved may be near, or missed, once more. */
function dateOf({ _id, dueAt }: Ticket): string {
  return `${_id}:${dueAt.getTime()}`;
}

async function nextLook(context: ServiceContext, ticket: Ticket, nextNoticeAt: Date | null): Promise<void> {
  await writeTicket(
    context,
    { _id: ticket._id, nextNoticeAt: ticket.nextNoticeAt },
    { $set: { nextNoticeAt } },
  );
}
