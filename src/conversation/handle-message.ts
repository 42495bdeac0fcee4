import type { Conversation } from '../models/conversation.js';
import type { Message } from '../models/message.js';
import { noteUserMessage } from '../services/tickets/note-user-message.js';
import { deliver } from './deliver.js';
import type { Engine } from './engine.js';
import { decideTurn, type Trigger, type TurnResult } from './turn.js';

/** A turn that another process has leased is left alone for this long. */
const LEASE_MILLISECONDS = 30_000;

/** How often a turn is decided again because the conversation changed under it (an agent took over, say). */
const MAX_CONFLICTS = 5;

/** A message whose turn fails this often is answered with an apology and a fresh start. */
const MAX_FAILURES = 3;

/** Ids of handled messages kept in the conversation: more than can be under way at once. */
const KEPT_HANDLED = 64;

/**
 * Takes one stored message through its turn and delivers what the turn says. Never throws: a failed turn leaves the message
 * pending, and the sweep brings it again.
 */
export async function handleMessage(engine: Engine, message: Message): Promise<void> {
  const { log } = engine.services;
  try {
    const conversation = await takeTurn(engine, message.conversationId, message);
    if (conversation) await deliver(engine, conversation, message);
    engine.failures.delete(message._id);
  } catch (error) {
    const attempt = (engine.failures.get(message._id) ?? 0) + 1;
    engine.failures.set(message._id, attempt);
    engine.counts.turnFailures += 1;
    log.error(
      { err: error, conversationId: message.conversationId, messageId: message._id, attempt },
      'turn failed',
    );
  }
}

/** Wakes a conversation whose pause is over. */
export async function handleWake(engine: Engine, conversationId: string): Promise<void> {
  try {
    const conversation = await takeTurn(engine, conversationId, undefined);
    if (conversation) await deliver(engine, conversation, undefined);
  } catch (error) {
    engine.counts.turnFailures += 1;
    engine.services.log.error({ err: error, conversationId }, 'waking failed');
  }
}

/**
 * Leases the conversation, decides the turn and writes it in one update guarded by the version.
 * @returns the conversation as written, or undefined when there was nothing to do or another process has it.
 */
async function takeTurn(
  engine: Engine,
  conversationId: string,
  message: Message | undefined,
): Promise<Conversation | undefined> {
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
    const now = engine.clock.now();
    const conversation = await lease(engine, conversationId, now);
    if (!conversation) return undefined;
    if (message ? conversation.handled.includes(message._id) : !isDue(conversation, now)) {
      await release(engine, conversationId);
      return conversation;
    }
    const written = await writeTurn(
      engine,
      conversation,
      await decide(engine, conversation, message, now),
      message,
      now,
    );
    if (written) {
      engine.counts.turns += 1;
      return written;
    }
    engine.counts.turnConflicts += 1;
  }
  throw new Error('the conversation kept changing under its turn');
}

async function lease(engine: Engine, conversationId: string, now: Date): Promise<Conversation | undefined> {
  const { conversations } = engine.services.models;
  const free = [{ leaseOwner: null }, { leaseOwner: engine.owner }, { leaseUntil: { $lt: now } }];
  const leaseUntil = new Date(now.getTime() + LEASE_MILLISECONDS);
  const leased = await conversations.collection.findOneAndUpdate(
    { _id: conversationId as never, $or: free },
    { $set: { leaseOwner: engine.owner, leaseUntil } },
    { returnDocument: 'after' },
  );
  return (leased as Conversation | null) ?? undefined;
}

async function release(engine: Engine, conversationId: string): Promise<void> {
  await engine.services.models.conversations.collection.updateOne(
    { _id: conversationId as never, leaseOwner: engine.owner },
    { $set: { leaseOwner: null, leaseUntil: null } },
  );
}

async function decide(
  engine: Engine,
  conversation: Conversation,
  message: Message | undefined,
  now: Date,
): Promise<TurnResult> {
  if (conversation.holder === 'staff' && message?.direction !== 'event')
    return keepSilent(engine, conversation, message, now);
  const channel = engine.channels.get(conversation.channel);
  if (!channel) throw new Error(`channel ${conversation.channel} is not running`);
  const trigger: Trigger = message ?? { _id: `wake-${conversation.version}`, wake: true, receivedAt: now };
  const failed = message && (engine.failures.get(message._id) ?? 0) >= MAX_FAILURES;
  if (failed) return apologise(engine, conversation, now);
  return decideTurn(engine.dialogs, engine.services, conversation, trigger, channel.capabilities, now);
}

/** While a person holds the conversation the bot says nothing; the person's screen shows the message. */
async function keepSilent(
  engine: Engine,
  conversation: Conversation,
  message: Message | undefined,
  now: Date,
): Promise<TurnResult> {
  const { openTicketId: ticketId, _id: conversationId } = conversation;
  if (message && ticketId) {
    await noteUserMessage(engine.services, { ticketId, conversationId, messageId: message._id, now });
  }
  return { state: { ...conversation, wakeAt: null }, outgoing: [] };
}

/** The message stays in the log for people to read; the dialog starts afresh instead of failing for ever. */
function apologise(engine: Engine, conversation: Conversation, now: Date): TurnResult {
  const text = engine.services.texts.for(conversation.language)('common:turnFailed');
  const outgoing = [
    {
      _id: engine.services.newId(),
      author: { kind: 'bot' as const },
      content: { kind: 'text' as const, text },
      at: now,
    },
  ];
  return { state: { ...conversation, stack: [], offered: null, wakeAt: null }, outgoing };
}

async function writeTurn(
  engine: Engine,
  conversation: Conversation,
  { state, outgoing }: TurnResult,
  message: Message | undefined,
  now: Date,
): Promise<Conversation | undefined> {
  const {
    stack,
    stackVersion,
    offered,
    misses,
    profile,
    contactId,
    language,
    consentAt,
    openTicketId,
    wakeAt,
  } = state;
  const written = await engine.services.models.conversations.collection.findOneAndUpdate(
    { _id: conversation._id as never, version: conversation.version, leaseOwner: engine.owner },
    {
      $set: {
        ...{
          stack,
          stackVersion,
          offered,
          misses,
          profile,
          contactId,
          language,
          consentAt,
          openTicketId,
          wakeAt,
        },
        leaseOwner: null,
        leaseUntil: null,
        ...(message?.direction === 'in' ? { lastInboundAt: now } : {}),
      },
      $inc: { version: 1 },
      $push: {
        outbox: { $each: outgoing },
        handled: { $each: message ? [message._id] : [], $slice: -KEPT_HANDLED },
      } as never,
    },
    { returnDocument: 'after' },
  );
  return (written as Conversation | null) ?? undefined;
}

function isDue(conversation: Conversation, now: Date): boolean {
  return conversation.wakeAt !== null && conversation.wakeAt <= now;
}
