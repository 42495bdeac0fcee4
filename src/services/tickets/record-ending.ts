import type { Ticket } from '../../models/ticket.js';
import { workingMinutesBetween } from '../../shared/working-time.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';

type Who = Pick<Actor, 'staffId' | 'name'> | undefined;

/**
 * Facts and audit line of a ticket's end. Recorded when it ends and, in case the process died in between, once more when
 * the closing finishes: one key, one line.
 */
export async function recordEnding(context: ServiceContext, ticket: Ticket, actor: Who): Promise<void> {
  const at = ticket.resolvedAt ?? ticket.closedAt;
  if (!at) return;
  if (ticket.resolvedAt) await recordResolved(context, ticket, actor, at);
  else await recordTicketFact(context, ticket, { name: 'ticket-closed', at, actor });
  const action = ticket.resolvedAt ? 'ticket.resolve' : 'ticket.close';
  const key = `${action}:${ticket._id}`;
  await recordAudit(context, { actor: actor ?? null, action, subject: ticket.number, key, now: at });
}

async function recordResolved(context: ServiceContext, ticket: Ticket, actor: Who, at: Date): Promise<void> {
  const { models, reference } = context;
  // Who resolves what is nobody's claims it, and a resolved ticket without a claim was claimed so.
  const claimed = await models.serviceEvents.exists({ ticketId: ticket._id, name: 'ticket-claimed' });
  if (!claimed) {
    const of = `${ticket._id}:${ticket.assigneeId}:${at.getTime()}`;
    await recordTicketFact(context, ticket, { name: 'ticket-claimed', of, at, actor });
  }
  const minutes = workingMinutesBetween(reference.calendar, ticket.receivedAt, at);
  const facts = {
    ...{ topic: ticket.topicCode, unit: ticket.unitCode, region: ticket.profile.regionCode ?? null },
    ...{ workingMinutes: Math.round(minutes), onTime: at <= ticket.dueAt },
  };
  await recordTicketFact(context, ticket, { name: 'ticket-resolved', at, actor, facts });
}
