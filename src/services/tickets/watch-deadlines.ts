import { DateTime } from 'luxon';
import type { Ticket } from '../../models/ticket.js';
import { nextOpening, type WorkingCalendar } from '../../shared/working-time.js';
import type { ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { isOpen, writeTicket } from './write-ticket.js';

/** How many deadlines one run looks at; the next run takes the rest. */
const BATCH = 200;

/** The first look at a deadline: the opening of the day it falls on, so that no notice comes at night (R-T3). */
export function firstNotice(calendar: WorkingCalendar, dueAt: Date): Date {
  const zone = calendar.hours.zone;
  return nextOpening(calendar, DateTime.fromJSDate(dueAt, { zone }).startOf('day').toJSDate());
}

/** Records each open ticket that falls due today and each that is late, once, and tells the screens. */
export async function watchDeadlines(context: ServiceContext, now: Date): Promise<void> {
  const due = await context.models.tickets
    .find({ nextNoticeAt: { $type: 'date', $lte: now } })
    .sort({ nextNoticeAt: 1 })
    .limit(BATCH)
    .lean();
  for (const ticket of due) await notice(context, ticket, now);
}

/** When the next deadline is to be looked at. */
export async function nextNotice({ models }: ServiceContext): Promise<Date | undefined> {
  const next = await models.tickets
    .findOne({ nextNoticeAt: { $type: 'date' } }, { nextNoticeAt: 1 })
    .sort({ nextNoticeAt: 1 })
    .lean();
  return next?.nextNoticeAt ?? undefined;
}

async function notice(context: ServiceContext, ticket: Ticket, now: Date): Promise<void> {
  const open = isOpen(ticket);
  const late = ticket.dueAt <= now;
  if (open) await recordTicketFact(context, ticket, { name: late ? 'overdue' : 'due-soon', at: now });
  const nextNoticeAt = open && !late ? ticket.dueAt : null;
  await writeTicket(
    context,
    { _id: ticket._id, nextNoticeAt: ticket.nextNoticeAt },
    { $set: { nextNoticeAt } },
  );
}
