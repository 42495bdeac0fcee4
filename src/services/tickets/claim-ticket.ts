import { OPEN_STATUSES, type Ticket } from '../../models/ticket.js';
import { recordAudit } from '../audit/record-audit.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { visibleTo } from './visible-to.js';
import { refuse, writeTicket } from './write-ticket.js';

interface ClaimTicketInput {
  number: string;
  actor: Actor;
  now: Date;
}

const WAITING = OPEN_STATUSES.filter((status) => status !== 'open');

/**
 * Takes a ticket that is nobody's; of many at once exactly one gets it. Claiming one's own again changes nothing.
 * @throws DomainError not-allowed, not-found, ticket-closed, ticket-taken
 */
export async function claimTicket(
  context: ServiceContext,
  { number, actor, now }: ClaimTicketInput,
): Promise<Ticket> {
  requireRole(actor, 'agent', 'supervisor');
  const open = { number, status: { $in: [...OPEN_STATUSES] }, $and: [visibleTo(actor)] };
  const mine = { assigneeId: actor.staffId, assigneeName: actor.name, updatedAt: now };
  // What waits for a unit goes on waiting.
  const claimed =
    (await writeTicket(
      context,
      { number, status: 'open', assigneeId: null },
      { $set: { ...mine, status: 'in-progress' } },
    )) ??
    (await writeTicket(context, { ...open, status: { $in: WAITING }, assigneeId: null }, { $set: mine }));
  if (!claimed) {
    const own = await context.models.tickets.findOne({ ...open, assigneeId: actor.staffId }).lean();
    return own ?? refuse(context, { number, actor }, 'ticket-taken');
  }
  await recordTicketFact(context, claimed, {
    name: 'ticket-claimed',
    of: `${claimed._id}:${actor.staffId}:${now.getTime()}`,
    at: now,
    actor,
  });
  await recordAudit(context, { actor, action: 'ticket.claim', subject: number, now });
  return claimed;
}
