import { DomainError } from '../../shared/errors.js';
import type { Ticket } from '../../models/ticket.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
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
  const seen = await writeTicket(context, { number, unread: { $gt: 0 } }, { $set: { unread: 0 } });
  const ticket = seen ?? (await context.models.tickets.findOne({ number }).lean());
  if (!ticket) throw new DomainError('not-found');
  return ticket;
}
