import type { Escalation, EscalationEntry } from '../models/escalation.js';
import type { ConversationEvent } from '../models/message.js';
import type { Ticket } from '../models/ticket.js';
import { settleSteps } from '../services/escalations/settle-steps.js';
import { nextSettleTry } from '../services/escalations/settle-schedule.js';
import type { Actor } from '../services/service-context.js';
import { DomainError } from '../shared/errors.js';
import { resolveAndTell } from './close-ticket.js';
import type { Engine } from './engine.js';
import { postEvent } from './post-event.js';

/** How many escalations one run takes up; the next run takes the rest. */
const BATCH = 100;

/** Draws the consequences of what happened to one escalation; a failure is tried again by the job. */
export async function settleEscalation(engine: Engine, id: string, now: Date): Promise<void> {
  try {
    await settleSteps(engine.services, id, (...step) => tellChat(engine, now, ...step), now);
  } catch (error) {
    const { log, models } = engine.services;
    const left = await models.escalations.findById(id, { updatedAt: 1, ticketNumber: 1 }).lean();
    const ticket = left?.ticketNumber ?? '';
    log.error({ err: error, ticket }, 'settling an escalation failed; it is tried again');
    const nextSettleAt = nextSettleTry(left?.updatedAt ?? now, now);
    await models.escalations.updateOne({ _id: id, unsettled: true }, { $set: { nextSettleAt } });
  }
}

/** Takes up what a crash or a failure left. */
export async function settleEscalations(engine: Engine, now: Date): Promise<void> {
  const left = await engine.services.models.escalations
    .find({ unsettled: true, nextSettleAt: { $lte: now } }, { _id: 1 })
    .sort({ nextSettleAt: 1 })
    .limit(BATCH)
    .lean();
  for (const { _id } of left) await settleEscalation(engine, _id, now);
}

/** When there is something to take up next. */
export async function nextEscalationSettle({ services }: Engine): Promise<Date | undefined> {
  const next = await services.models.escalations
    .findOne({ unsettled: true }, { nextSettleAt: 1 })
    .sort({ nextSettleAt: 1 })
    .lean();
  return next?.nextSettleAt;
}

async function tellChat(
  engine: Engine,
  now: Date,
  ticket: Ticket,
  escalation: Escalation,
  entry: EscalationEntry,
): Promise<void> {
  const { _id: escalationId } = escalation;
  const event = { ticketId: ticket._id, escalationId, entry: entry.n };
  // Only the first moves the date that the user knows (R-A4).
  const first = (ticket.escalatedAt ?? escalation.sentAt).getTime() === escalation.sentAt.getTime();
  if (entry.step === 'escalate' && first) await post(engine, ticket, { name: 'escalated', ...event });
  if (entry.step === 'ask-user') await post(engine, ticket, { name: 'unit-asks', ...event });
  if (entry.step === 'approve') await sendByItself(engine, now, ticket, escalation, entry);
}

async function post(engine: Engine, { conversationId }: Ticket, event: ConversationEvent): Promise<void> {
  const conversation = await engine.services.models.conversations
    .findById(conversationId, { channel: 1, account: 1 })
    .lean();
  if (conversation) await postEvent(engine, conversation, event, `${event.escalationId}:${event.entry}`);
}

/** Where the topic's data says so, the approval is the answer to the user; the agent keeps what cannot be sent. */
async function sendByItself(
  engine: Engine,
  now: Date,
  { _id: ticketId, number, topicCode }: Ticket,
  { answer }: Escalation,
  { byId, byName }: EscalationEntry,
): Promise<void> {
  const { models, log } = engine.services;
  const topic = await models.topics.findById(topicCode, { sendsApprovedAnswer: 1 }).lean();
  if (!topic?.sendsApprovedAnswer || !answer || byId === null) return;
  // Asked once more before this came to be settled: what the unit says now is the answer.
  if (await models.escalations.exists({ ticketId, open: true })) return;
  // Whoever has the ticket: the data lets the approval stand for a supervisor's act.
  const actor: Actor = { staffId: byId, name: byName, roles: ['supervisor'] };
  const { text, legalBasis } = answer;
  try {
    await resolveAndTell(engine, { number, actor, answer: text, legalBasis, withUnitFiles: true, now });
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    log.warn({ ticket: number, code: error.code }, 'an approved answer was not sent by itself');
  }
}
