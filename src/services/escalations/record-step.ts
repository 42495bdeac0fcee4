import type { Escalation, EscalationEntry, EscalationStep } from '../../models/escalation.js';
import type { ServiceEventName } from '../../models/service-event.js';
import type { Ticket } from '../../models/ticket.js';
import { workingMinutesBetween } from '../../shared/working-time.js';
import { recordAudit } from '../audit/record-audit.js';
import type { ServiceContext } from '../service-context.js';
import { recordTicketFact } from '../tickets/record-ticket-fact.js';

const FACTS: Readonly<Record<EscalationStep, ServiceEventName>> = {
  escalate: 'escalated',
  claim: 'escalation-claimed',
  answer: 'escalation-answered',
  'ask-user': 'escalation-user-asked',
  'user-answer': 'escalation-user-answered',
  'pass-on': 'escalation-passed-on',
  decline: 'escalation-declined',
  approve: 'escalation-approved',
  return: 'escalation-returned',
  withdraw: 'escalation-withdrawn',
};

/** Fact and audit line of one step, once however often this runs. */
export async function recordStep(
  context: ServiceContext,
  { _id: id, thread }: Escalation,
  ticket: Ticket,
  { n, step, at, byId, byName, unitCode, toUnitCode }: EscalationEntry,
): Promise<void> {
  const actor = byId === null ? undefined : { staffId: byId, name: byName };
  const before = thread.find((entry) => entry.n === n - 1)?.at ?? at;
  const minutes = workingMinutesBetween(context.reference.calendar, before, at);
  const of = `${id}:${n}`;
  const units = { unit: unitCode, ...(toUnitCode === undefined ? {} : { toUnit: toUnitCode }) };
  const facts = { ...units, workingMinutes: Math.round(minutes) };
  await recordTicketFact(context, ticket, { name: FACTS[step], of, at, actor, facts });
  const action = `escalation.${step}`;
  await recordAudit(context, {
    ...{ actor: actor ?? null, action, subject: ticket.number, key: `${action}:${of}` },
    ...{ details: { ...units, version: n }, now: at },
  });
}
