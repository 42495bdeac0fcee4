import type { Conversation, HandedBack } from '../models/conversation.js';
import type { Ticket } from '../models/ticket.js';
import { recordAudit } from '../services/audit/record-audit.js';
import type { Actor } from '../services/service-context.js';
import { claimTicket } from '../services/tickets/claim-ticket.js';
import { openTicketByNumber } from '../services/tickets/open-ticket-by-number.js';
import { ticketChange } from '../services/tickets/ticket-change.js';
import { visibleTo } from '../services/tickets/visible-to.js';
import { recordTicketFact } from '../services/tickets/record-ticket-fact.js';
import { DomainError } from '../shared/errors.js';
import type { Engine } from './engine.js';
import { postEvent } from './post-event.js';

/** Who holds a conversation, as a condition on a write. */
type Holding = Partial<Pick<Conversation, 'holder' | 'holderId'>> & {
  $or?: Pick<Partial<Conversation>, 'holder' | 'holderId'>[];
};

/** A hand-back younger than this is still on its ordinary way. */
const GRACE_MILLISECONDS = 30_000;

/** How many hand-backs one run takes up; the next run takes the rest. */
const BATCH = 50;

export interface HandOver {
  /** DJPK-2026-000123. */
  number: string;
  actor: Actor;
  now: Date;
}

/**
 * A person takes the conversation: from this write on the bot is silent on every channel, a turn that is under way included,
 * because the version it started from is gone. Takes the ticket as well when nobody has it.
 * @throws DomainError ticket-closed, ticket-taken (params: name)
 */
export async function takeOver(engine: Engine, { number, actor, now }: HandOver): Promise<Ticket> {
  const { models, changes, newId } = engine.services;
  const found = await openTicketByNumber(engine.services, { number, actor });
  const ticket =
    found.assigneeId === null ? await claimTicket(engine.services, { number, actor, now }) : found;
  const supervisor = actor.roles.includes('supervisor');
  if (ticket.assigneeId !== actor.staffId && !supervisor) {
    throw new DomainError('ticket-taken', { name: ticket.assigneeName ?? '' });
  }
  const held = {
    holder: 'staff',
    holderId: actor.staffId,
    holderName: actor.name,
    openTicketId: ticket._id,
    wakeAt: null,
  };
  const before = await models.conversations
    .findOneAndUpdate({ _id: ticket.conversationId, ...freeFor(actor) }, { $set: held, $inc: { version: 1 } })
    .lean();
  if (!before)
    throw new DomainError('ticket-taken', { name: await holderName(engine, ticket.conversationId) });
  await letGoOfFinished(engine, ticket, before, actor);
  if (before.holderId !== actor.staffId) {
    await recordTicketFact(engine.services, ticket, { name: 'taken-over', of: newId(), at: now, actor });
    await recordAudit(engine.services, { actor, action: 'ticket.take-over', subject: number, now });
  }
  if (before.holder === 'bot') {
    const joined = { name: 'taken-over', ticketId: ticket._id, staffName: actor.name } as const;
    await postEvent(engine, before, joined, `${ticket._id}:${before.version}`);
  }
  changes.publish(ticketChange(ticket));
  return ticket;
}

/**
 * Gives the conversation back to the bot, which tells the user and goes on where it was. Also when the ticket is finished:
 * no conversation may stay with a person for ever.
 * @throws DomainError not-found; conflict when the caller does not hold the conversation
 */
export async function handBack(engine: Engine, { number, actor, now }: HandOver): Promise<Ticket> {
  const { models, changes, newId } = engine.services;
  const ticket = await models.tickets.findOne({ number, $and: [visibleTo(actor)] }).lean();
  if (!ticket) throw new DomainError('not-found');
  const mine: Holding = actor.roles.includes('supervisor')
    ? { holder: 'staff' }
    : { holder: 'staff', holderId: actor.staffId };
  const { staffId, name: staffName } = actor;
  const handedBack = { key: newId(), ticketId: ticket._id, staffId, staffName, at: now };
  const given = { holder: 'bot', holderId: null, holderName: null, handedBack };
  const conversation = await models.conversations
    .findOneAndUpdate({ _id: ticket.conversationId, ...mine }, { $set: given, $inc: { version: 1 } })
    .lean();
  if (!conversation) throw new DomainError('conflict');
  if (conversation.handedBack) await finishHandBack(engine, conversation, conversation.handedBack);
  await finishHandBack(engine, conversation, handedBack);
  changes.publish(ticketChange(ticket));
  return ticket;
}

/** What a member of staff may take: what nobody has, and their own; a supervisor anything. */
export function freeFor({ roles, staffId }: Actor): Holding {
  return roles.includes('supervisor') ? {} : { $or: [{ holder: 'bot' }, { holderId: staffId }] };
}

/** Finishes hand-backs that were interrupted. */
export async function finishHandBacks(engine: Engine, now: Date): Promise<void> {
  const interrupted = { $type: 'date' as const, $lte: new Date(now.getTime() - GRACE_MILLISECONDS) };
  const pending = await engine.services.models.conversations
    .find({ 'handedBack.at': interrupted })
    .sort({ 'handedBack.at': 1 })
    .limit(BATCH)
    .lean();
  for (const conversation of pending) {
    if (conversation.handedBack) await finishHandBack(engine, conversation, conversation.handedBack);
  }
}

/** When an interrupted hand-back may be taken up. */
export async function nextHandBack(engine: Engine): Promise<Date | undefined> {
  const next = await engine.services.models.conversations
    .findOne({ 'handedBack.at': { $type: 'date' } }, { handedBack: 1 })
    .sort({ 'handedBack.at': 1 })
    .lean();
  return next?.handedBack ? new Date(next.handedBack.at.getTime() + GRACE_MILLISECONDS) : undefined;
}

/** Every step is made once however often this runs. */
async function finishHandBack(
  engine: Engine,
  conversation: Conversation,
  { key, ticketId, staffId, staffName, at }: HandedBack,
): Promise<void> {
  const { services } = engine;
  const actor = { staffId, name: staffName };
  const ticket = await services.models.tickets.findById(ticketId).lean();
  if (ticket) {
    await recordTicketFact(services, ticket, { name: 'handed-back', of: key, at, actor });
    const action = 'ticket.hand-back';
    await recordAudit(services, { actor, action, subject: ticket.number, key: `${action}:${key}`, now: at });
  }
  await postEvent(engine, conversation, { name: 'handed-back', ticketId }, key);
  await services.models.conversations.updateOne(
    { _id: conversation._id, 'handedBack.key': key },
    { $set: { handedBack: null } },
  );
}

/**
 * A ticket that was closed between the look at it and the take-over has already given its conversation back; nobody would do
 * it again.
 * @throws DomainError ticket-closed
 */
async function letGoOfFinished(
  engine: Engine,
  { number, _id: ticketId, conversationId: _id }: Ticket,
  before: Conversation,
  actor: Actor,
): Promise<void> {
  const { staffId } = actor;
  try {
    await openTicketByNumber(engine.services, { number, actor });
  } catch (error) {
    const { conversations } = engine.services.models;
    const { holder, holderId, holderName: name, openTicketId } = before;
    await conversations.updateOne(
      { _id, holder: 'staff', holderId: staffId },
      { $set: { holder, holderId, holderName: name }, $inc: { version: 1 } },
    );
    // By itself: the turn that tells of the closing may have cleared it in between.
    if (openTicketId !== ticketId)
      await conversations.updateOne(
        { _id, openTicketId: ticketId },
        { $set: { openTicketId }, $inc: { version: 1 } },
      );
    throw error;
  }
}

async function holderName(engine: Engine, conversationId: string): Promise<string> {
  const conversation = await engine.services.models.conversations
    .findById(conversationId, { holderName: 1 })
    .lean();
  return conversation?.holderName ?? '';
}
