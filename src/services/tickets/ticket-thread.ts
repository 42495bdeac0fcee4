import { DomainError } from '../../shared/errors.js';
import { conversationsOf } from '../contacts/conversations-of.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { matterOf } from './matter-of.js';
import { visibleTo } from './visible-to.js';

/** Which messages a ticket shows. */
interface TicketThread {
  conversationIds: string[];
  /** Null stands for what belongs to no complaint or suggestion. */
  matters: (string | null)[];
}

/**
 * What was said with the person of a ticket, less what they said about their complaints and suggestions: that is shown on
 * those tickets only, and on an anonymous one nothing else is (R-A8).
 * @throws DomainError not-allowed, not-found
 */
export async function ticketThread(
  context: ServiceContext,
  { number, actor }: { number: string; actor: Actor },
): Promise<TicketThread> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const ticket = await context.models.tickets.findOne({ number, $and: [visibleTo(actor)] }).lean();
  if (!ticket) throw new DomainError('not-found');
  const matter = matterOf(ticket);
  if (ticket.anonymous) return { conversationIds: [ticket.conversationId], matters: [matter] };
  const conversations = await conversationsOf(context, ticket);
  return {
    conversationIds: conversations.map(({ _id }) => _id),
    matters: matter === null ? [null] : [null, matter],
  };
}
