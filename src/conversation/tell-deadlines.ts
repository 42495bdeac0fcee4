import type { Ticket } from '../models/ticket.js';
import { noteTold, postponeTelling } from '../services/deadlines/note-told.js';
import { promisedDate } from '../services/deadlines/promised-date.js';
import type { ServiceContext } from '../services/service-context.js';
import { isOpen as isTicketOpen } from '../services/tickets/write-ticket.js';
import { isOpen } from '../shared/working-time.js';
import type { Engine } from './engine.js';
import { postEvent } from './post-event.js';

/** How many users one run tells; the next run takes the rest. */
const BATCH = 200;

/**
 * Tells users of a missed date, once for a ticket, with the new one (R-E2), and of a later date that is not their doing. Within
 * office hours only; a run outside them puts it off to the next opening.
 */
export async function tellDeadlines(engine: Engine, now: Date): Promise<void> {
  const { models, reference } = engine.services;
  const due = await models.tickets
    .find({ 'deadline.tellAt': { $type: 'date', $lte: now } })
    .sort({ 'deadline.tellAt': 1 })
    .limit(BATCH)
    .lean();
  for (const ticket of due) {
    if (!isTicketOpen(ticket)) await postponeTelling(engine.services, ticket, null);
    else if (isOpen(reference.calendar, now)) await tell(engine, ticket, now);
    else await postponeTelling(engine.services, ticket, now);
  }
}

/** When the next user is to be told. */
export async function nextTelling({ models }: ServiceContext): Promise<Date | undefined> {
  const next = await models.tickets
    .findOne({ 'deadline.tellAt': { $type: 'date' } }, { deadline: 1 })
    .sort({ 'deadline.tellAt': 1 })
    .lean();
  return next?.deadline?.tellAt ?? undefined;
}

/** The event's key makes it one message, whatever happens before the note of it. */
async function tell(engine: Engine, ticket: Ticket, now: Date): Promise<void> {
  const { _id: ticketId, deadline } = ticket;
  if (!deadline) return;
  const promised = promisedDate(ticket);
  const late = deadline.breach !== null && deadline.breach.toldAt === null;
  if (late || promised > deadline.toldDueAt) {
    const conversation = await engine.services.models.conversations
      .findById(ticket.conversationId, { channel: 1, account: 1 })
      .lean();
    const name = late ? 'ticket-late' : 'deadline-moved';
    const key = late ? ticketId : `${ticketId}:${promised.getTime()}`;
    if (conversation) await postEvent(engine, conversation, { name, ticketId }, key);
  }
  await noteTold(engine.services, ticket, now);
}
