import { setTimeout } from 'node:timers/promises';
import type { Conversation } from '../models/conversation.js';
import type { Message } from '../models/message.js';
import { noteUserMessage } from '../services/tickets/note-user-message.js';
import type { Channel } from './channel.js';
import { deliver, type Undelivered } from './deliver.js';
import type { Engine } from './engine.js';
import { isNotice } from './office-hours-only.js';
import { decideTurn, type Trigger, type TurnResult, type TurnState } from './turn.js';

/** A turn that another process has leased is left alone for this long. */
const LEASE_MILLISECONDS = 30_000;

/** How often a turn is decided again because the conversation changed under it (an agent took over, say). */
const MAX_CONFLICTS = 5;

/** A message whose turn fails this often is answered with an apology and a fresh start. */
const MAX_FAILURES = 3;

/** Ids of handled messages kept in the conversation: more than can be under way at once. */
const KEPT_HANDLED = 64;

/** Waits for a lease that another process holds, in milliseconds; after the last one the sweep brings the message again. */
const LEASE_WAITS = [20, 40, 80, 160, 320];
const NO_WAITS: typeof LEASE_WAITS = [];

/**
 * Takes one stored message through its turn and delivers what the turn says. Never throws: a failed turn leaves the message
 * pending, later messages of the conversation wait behind it, and the sweep brings them again, oldest first.
 */
export async function handleMessage(engine: Engine, message: Message, waits = LEASE_WAITS): Promise<void> {
  const { conversationId } = message;
  try {
    if (engine.behind.has(conversationId) && (await hasPending(engine, message, { $lt: message._id })))
      return;
    const left = await takeTurn(engine, conversationId, message, waits);
    if (!left) {
      engine.behind.add(conversationId);
      return;
    }
    await deliver(engine, left, message);
    engine.failures.delete(message._id);
    if (engine.behind.has(conversationId) && !(await hasPending(engine, message, { $gt: '' })))
      engine.behind.delete(conversationId);
  } catch (error) {
    engine.behind.add(conversationId);
    noteFailure(engine, message._id, { conversationId, messageId: message._id }, error);
  }
}

/** Takes up a message whose turn did not happen; one that has had its turn meanwhile is left alone. */
export async function handleAgain(engine: Engine, messageId: string): Promise<void> {
  const message = await engine.services.models.messages.findById(messageId).lean();
  if (message?.pending) await handleMessage(engine, message, NO_WAITS);
}

/** Wakes a conversation whose pause is over. */
export async function handleWake(engine: Engine, conversationId: string): Promise<void> {
  const key = wakeKey(conversationId);
  try {
    const left = await takeTurn(engine, conversationId, undefined, NO_WAITS);
    if (left) await deliver(engine, left, undefined);
    engine.failures.delete(key);
  } catch (error) {
    noteFailure(engine, key, { conversationId }, error);
  }
}

/** Delivers what a crash left in the outbox of a conversation. */
export async function handleUnsent(engine: Engine, conversationId: string): Promise<void> {
  try {
    const conversation = await lease(engine, conversationId, engine.clock.now());
    if (!conversation) return;
    if (conversation.outbox.length === 0) await release(engine, conversationId);
    else await deliver(engine, { conversation, fresh: new Set() }, undefined);
  } catch (error) {
    engine.services.log.error({ err: error, conversationId }, 'delivery of what was left failed');
  }
}

function noteFailure(engine: Engine, key: string, of: object, error: unknown): void {
  const attempt = (engine.failures.get(key) ?? 0) + 1;
  engine.failures.set(key, attempt);
  engine.counts.turnFailures += 1;
  engine.services.log.error({ err: error, ...of, attempt }, 'turn failed');
}

async function hasPending(
  engine: Engine,
  { channel, conversationId }: Message,
  _id: { $lt: string } | { $gt: string },
): Promise<boolean> {
  const { messages } = engine.services.models;
  return (await messages.exists({ pending: true, channel, conversationId, _id })) !== null;
}

/**
 * Leases the conversation, decides the turn and writes it in one update guarded by the version. The lease stays while there
 * is something to deliver.
 * @returns the conversation as written, or undefined when another process has it or its channel is not running.
 */
async function takeTurn(
  engine: Engine,
  conversationId: string,
  message: Message | undefined,
  waits: readonly number[],
): Promise<Undelivered | undefined> {
  for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts += 1) {
    const conversation = await leasePatiently(engine, conversationId, waits);
    if (!conversation) return undefined;
    const channel = engine.channels.get(conversation.channel);
    if (!channel) {
      // Not the turn's fault: the message keeps until the channel runs again.
      await release(engine, conversationId);
      return undefined;
    }
    const now = engine.clock.now();
    if (message ? conversation.handled.includes(message._id) : !isDue(conversation, now)) {
      if (conversation.outbox.length === 0) await release(engine, conversationId);
      return { conversation, fresh: new Set() };
    }
    const decided = await decide(engine, channel, conversation, message, now);
    const written = await writeTurn(engine, conversation, decided, message, now);
    if (written) {
      engine.counts.turns += 1;
      return { conversation: written, fresh: new Set(decided.outgoing.map(({ _id }) => _id)) };
    }
    engine.counts.turnConflicts += 1;
  }
  throw new Error('the conversation kept changing under its turn');
}

async function leasePatiently(
  engine: Engine,
  conversationId: string,
  waits: readonly number[],
): Promise<Conversation | undefined> {
  for (const wait of waits) {
    const conversation = await lease(engine, conversationId, engine.clock.now());
    if (conversation) return conversation;
    await setTimeout(wait);
  }
  return lease(engine, conversationId, engine.clock.now());
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
  { capabilities }: Channel,
  conversation: Conversation,
  message: Message | undefined,
  now: Date,
): Promise<TurnResult> {
  if (conversation.holder === 'staff' && message?.direction !== 'event')
    return keepSilent(engine, conversation, message, now);
  const trigger: Trigger = message ?? { _id: `wake-${conversation.version}`, wake: true, receivedAt: now };
  const failures = engine.failures.get(message?._id ?? wakeKey(conversation._id)) ?? 0;
  if (failures >= MAX_FAILURES) return apologise(engine, conversation, now);
  const decided = await decideTurn(engine.dialogs, engine.services, conversation, trigger, capabilities, now);
  if (!message || !isNotice(message)) return decided;
  return {
    ...decided,
    outgoing: decided.outgoing.map((entry) => ({ ...entry, withinHours: true as const })),
  };
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
  const silent = outgoing.length === 0 && conversation.outbox.length === 0;
  const written = await engine.services.models.conversations.collection.findOneAndUpdate(
    { _id: conversation._id as never, version: conversation.version, leaseOwner: engine.owner },
    {
      $set: {
        ...storedState(state),
        ...(silent ? { leaseOwner: null, leaseUntil: null } : {}),
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

/** What a turn writes of the conversation it has decided on; the compiler sees to it that nothing is forgotten. */
const STORED: Readonly<Record<keyof TurnState, true>> = {
  ...{ stack: true, stackVersion: true, offered: true, misses: true, wakeAt: true },
  ...{ profile: true, contactId: true, language: true, consentAt: true, openTicketId: true },
};

function storedState(state: TurnState): Partial<TurnState> {
  return Object.fromEntries(Object.entries(state).filter(([field]) => field in STORED));
}

function wakeKey(conversationId: string): string {
  return `wake:${conversationId}`;
}

function isDue(conversation: Conversation, now: Date): boolean {
  return conversation.wakeAt !== null && conversation.wakeAt <= now;
}
