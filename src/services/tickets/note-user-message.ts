import type { ServiceContext } from '../service-context.js';
import { confineMessages } from '../messages/confine-messages.js';
import { matterOf } from './matter-of.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { writeTicket } from './write-ticket.js';

interface NoteUserMessageInput {
  ticketId: string;
  conversationId: string;
  /** ULID: a message that is not later than the last one counted changes nothing. */
  messageId: string;
  now: Date;
}

/** The user wrote about a ticket: unread for the agent, and work again if the agent was waiting for it. */
export async function noteUserMessage(
  context: ServiceContext,
  { ticketId, conversationId, messageId, now }: NoteUserMessageInput,
): Promise<void> {
  const uncounted = { _id: ticketId, conversationId, latestUserMessageId: { $lt: messageId } };
  const set = { latestUserMessageId: messageId, updatedAt: now };
  const ticket =
    (await writeTicket(
      context,
      // What waits for a request letter (R-B1) waits until the letter is there.
      { ...uncounted, status: 'waiting-user', 'appointment.state': { $ne: 'awaiting-letter' } },
      { $set: { ...set, status: 'in-progress' }, $inc: { unread: 1 } },
    )) ??
    (await writeTicket(context, uncounted, { $set: set, $inc: { unread: 1 } })) ??
    (await context.models.tickets.findOne({ _id: ticketId, conversationId }).lean());
  if (!ticket) return;
  const matter = matterOf(ticket);
  if (matter !== null) await confineMessages(context, { messageIds: [messageId], matter });
  await recordTicketFact(context, ticket, { name: 'user-wrote', of: messageId, at: now });
}
