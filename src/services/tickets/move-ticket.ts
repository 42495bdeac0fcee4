import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import { conversationsOf } from '../contacts/conversations-of.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { visibleTo } from './visible-to.js';
import { changeableBy, refuse, writeTicket } from './write-ticket.js';

interface MoveTicketInput {
  number: string;
  /** Another conversation of the same person. */
  conversationId: string;
  actor: Actor;
  now: Date;
}

/**
 * Goes on with a ticket where the person writes from now: on another channel, or under another address.
 * @throws DomainError not-allowed, not-found, ticket-closed, ticket-not-yours; conflict when it has been moved meanwhile
 */
export async function moveTicket(
  context: ServiceContext,
  { number, conversationId, actor, now }: MoveTicketInput,
): Promise<Ticket> {
  requireRole(actor, 'agent', 'supervisor');
  const before = await context.models.tickets.findOne({ number, $and: [visibleTo(actor)] }).lean();
  if (!before) throw new DomainError('not-found');
  const target = (await conversationsOf(context, before)).find(({ _id }) => _id === conversationId);
  if (!target) throw new DomainError('not-found');
  const from = before.conversationId;
  const ticket = await writeTicket(
    context,
    { ...changeableBy(actor, number), conversationId: from },
    { $set: { conversationId, channel: target.channel, updatedAt: now } },
  );
  if (!ticket) return refuse(context, { number, actor }, 'ticket-not-yours');
  await context.models.appointments.updateOne({ ticketId: ticket._id }, { $set: { conversationId } });
  const facts = { from: before.channel };
  await recordTicketFact(context, ticket, {
    ...{ name: 'ticket-moved', of: `${ticket._id}:${context.newId()}`, at: now, actor, facts },
  });
  const details = { from: before.channel, to: target.channel };
  await recordAudit(context, { actor, action: 'ticket.move', subject: number, details, now });
  return ticket;
}
