import { OPEN_STATUSES } from '../../models/ticket.js';
import { workingMinutesBetween } from '../../shared/working-time.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { writeTicket } from './write-ticket.js';

interface NoteStaffReplyInput {
  ticketId: string;
  actor: Actor;
  /** ULID of the reply. */
  messageId: string;
  /** The agent asked: until the user answers, the deadline stands still. A mere "we are looking into it" stops no clock. */
  awaitsAnswer: boolean;
  now: Date;
}

/** An agent wrote to the user: the first time counts as first response. */
export async function noteStaffReply(context: ServiceContext, input: NoteStaffReplyInput): Promise<void> {
  const { ticketId, actor, messageId, awaitsAnswer, now } = input;
  const open = { _id: ticketId, status: { $in: [...OPEN_STATUSES] } };
  const first = await writeTicket(
    context,
    { ...open, firstResponseAt: null },
    { $set: { firstResponseAt: now, updatedAt: now } },
  );
  if (first) {
    const minutes = workingMinutesBetween(context.reference.calendar, first.receivedAt, now);
    const facts = { workingMinutes: Math.round(minutes) };
    await recordTicketFact(context, first, { name: 'first-response', at: now, actor, facts });
  }
  // Not when the user has written after this reply: a reply that is noted late must not hide it. What a unit has still waits
  // for the unit.
  const waiting = awaitsAnswer
    ? await writeTicket(
        context,
        {
          ...open,
          status: { $in: ['open', 'in-progress', 'waiting-user'] },
          latestUserMessageId: { $lt: messageId },
        },
        { $set: { status: 'waiting-user', updatedAt: now } },
      )
    : null;
  const ticket = waiting ?? first ?? (await context.models.tickets.findById(ticketId).lean());
  if (ticket)
    await recordTicketFact(context, ticket, { name: 'staff-replied', of: messageId, at: now, actor });
}
