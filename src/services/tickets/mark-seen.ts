import { DomainError } from '../../shared/errors.js';
import type { Ticket } from '../../models/ticket.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { visibleTo } from './visible-to.js';
import { writeTicket } from './write-ticket.js';

/**
 * An agent has looked at the conversation. Not audited: it changes nothing but a counter.
 * @throws DomainError not-allowed, not-found
 */
export async function markSeen(
  context: ServiceContext,
  { number, actor }: { number: string; actor: Actor; now: Date },
): Promise<Ticket> {
  requireRole(actor, 'agent', 'supervisor');
  const visible = { number, $and: [visibleTo(actor)] };
  const seen = await writeTicket(context, { ...visible, unread: { $gt: 0 } }, { $set: { unread: 0 } });
  const ticket = seen ?? (await context.models.tickets.findOne(visible).lean());
  if (!ticket) throw new DomainError('not-found');
  await showAsRead(context, ticket.conversationId);
  return ticket;
}

/** The user's page shows how far a person has read. */
async function showAsRead({ models, changes }: ServiceContext, conversationId: string): Promise<void> {
  const latest = await models.messages
    .findOne({ conversationId, direction: 'in' }, { _id: 1 })
    .sort({ _id: -1 })
    .lean();
  if (!latest) return;
  const moved = await models.conversations.updateOne(
    { _id: conversationId, readByStaff: { $not: { $gte: latest._id } } },
    { $set: { readByStaff: latest._id } },
  );
  if (moved.modifiedCount > 0) changes.publish({ topic: 'message', id: latest._id, conversationId });
}
