import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { workingMinutesBetween } from '../../shared/working-time.js';
import { recordAudit } from '../audit/record-audit.js';
import { hasRole, requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { changeableBy, refuse, writeTicket } from './write-ticket.js';

interface ResolveTicketInput {
  number: string;
  actor: Actor;
  answer: string;
  /** Regulations the answer rests on, one per entry. */
  legalBasis: readonly string[];
  now: Date;
}

/**
 * R-A6: answers the question. The ticket then waits (`closingPending`) for its BAK to be made, mailed and told to the
 * user. Resolving what is nobody's claims it.
 * @throws DomainError not-allowed, not-found, answer-missing, ticket-closed, ticket-not-yours
 */
export async function resolveTicket(context: ServiceContext, input: ResolveTicketInput): Promise<Ticket> {
  const { number, actor, now } = input;
  requireRole(actor, 'agent', 'supervisor');
  const answer = input.answer.trim();
  if (answer === '') throw new DomainError('answer-missing');
  const set = {
    ...{
      status: 'resolved',
      answer,
      legalBasis: input.legalBasis.map((item) => item.trim()).filter(Boolean),
    },
    ...{ resolvedAt: now, resolvedById: actor.staffId, updatedAt: now, closingPending: true, unread: 0 },
  };
  const claim = { assigneeId: actor.staffId, assigneeName: actor.name };
  const changeable = changeableBy(actor, number);
  const resolved =
    (await writeTicket(
      context,
      { ...changeable, assigneeId: { $in: [null, actor.staffId] } },
      { $set: { ...set, ...claim } },
    )) ??
    (hasRole(actor, 'supervisor') ? await writeTicket(context, changeable, { $set: set }) : null) ??
    (await refuse(context, number, 'ticket-not-yours'));
  await recordResolved(context, resolved, actor);
  await recordAudit(context, { actor, action: 'ticket.resolve', subject: number, now });
  return resolved;
}

/** Recorded here and, in case the process died in between, once more when closing finishes: one key, one fact. */
export async function recordResolved(
  context: ServiceContext,
  ticket: Ticket,
  actor: Pick<Actor, 'staffId' | 'name'> | undefined,
): Promise<void> {
  const at = ticket.resolvedAt;
  if (!at) return;
  const minutes = workingMinutesBetween(context.reference.calendar, ticket.receivedAt, at);
  const facts = {
    ...{ topic: ticket.topicCode, unit: ticket.unitCode, region: ticket.profile.regionCode ?? null },
    ...{ workingMinutes: Math.round(minutes), onTime: at <= ticket.dueAt },
  };
  await recordTicketFact(context, ticket, { name: 'ticket-resolved', at, actor, facts });
}
