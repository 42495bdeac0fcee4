import type { Conversation, OutboxEntry } from '../models/conversation.js';
import type { Message } from '../models/message.js';
import { ChannelError, type Channel, type OutboundMessage } from './channel.js';
import { countFor, type Engine } from './engine.js';

/** Waits between attempts, in seconds; after the last one the message has failed. */
const BACKOFF_SECONDS = [5, 15, 60, 300, 900, 3600] as const;

type Delivery = NonNullable<Message['delivery']>;

/**
 * Sends what a turn left in the conversation's outbox, in order, and moves it to the message log together with the mark
 * that the inbound message is processed. A crash in between repeats a send at most once, under the same id.
 */
export async function deliver(
  engine: Engine,
  conversation: Conversation,
  handled: Message | undefined,
): Promise<void> {
  const { messages, conversations } = engine.services.models;
  const now = engine.clock.now();
  const lines: Message[] = [];
  for (const entry of conversation.outbox) {
    lines.push(toLine(conversation, entry, await attemptInTurn(engine, conversation, entry, now)));
  }
  const writes = lines.map((line) => ({
    updateOne: { filter: { _id: line._id }, update: { $setOnInsert: line }, upsert: true },
  }));
  const mark = handled
    ? [
        {
          updateOne: { filter: { _id: handled._id }, update: { $set: { pending: false, processedAt: now } } },
        },
      ]
    : [];
  if (writes.length + mark.length > 0)
    await messages.collection.bulkWrite([...writes, ...mark] as never, { ordered: true });
  if (lines.length > 0) {
    const sent = { $pull: { outbox: { _id: { $in: lines.map((line) => line._id) } } } };
    await conversations.collection.updateOne({ _id: conversation._id as never }, sent as never);
  }
  for (const line of [...(handled ? [handled] : []), ...lines]) {
    engine.services.changes.publish({ topic: 'message', id: line._id, conversationId: conversation._id });
  }
}

/** Sends the waiting messages of one conversation whose time has come, oldest first; stops at the first that must wait on. */
export async function deliverQueued(engine: Engine, conversationId: string): Promise<void> {
  const { messages, conversations } = engine.services.models;
  const now = engine.clock.now();
  const conversation = await conversations.findById(conversationId).lean();
  const queued = await messages.find({ conversationId, 'delivery.state': 'queued' }).sort({ _id: 1 }).lean();
  engine.blocked.delete(conversationId);
  if (!conversation) return;
  for (const line of queued) {
    if (!line.delivery || (line.delivery.nextAttemptAt ?? now) > now) {
      engine.blocked.add(conversationId);
      return;
    }
    const delivery = await attempt(engine, conversation, line, line.delivery.attempts, now);
    await messages.updateOne({ _id: line._id, 'delivery.state': 'queued' }, { $set: { delivery } });
    engine.services.changes.publish({ topic: 'message', id: line._id, conversationId });
    if (delivery.state === 'queued') {
      engine.blocked.add(conversationId);
      return;
    }
  }
}

async function attemptInTurn(
  engine: Engine,
  conversation: Conversation,
  entry: OutboxEntry,
  now: Date,
): Promise<Delivery> {
  if (engine.blocked.has(conversation._id))
    return { state: 'queued', attempts: 0, nextAttemptAt: now, reason: null, at: now };
  const delivery = await attempt(engine, conversation, entry, 0, now);
  if (delivery.state === 'queued') engine.blocked.add(conversation._id);
  return delivery;
}

async function attempt(
  engine: Engine,
  conversation: Conversation,
  line: Pick<Message, '_id' | 'author' | 'content'>,
  attempts: number,
  now: Date,
): Promise<Delivery> {
  const channel = engine.channels.get(conversation.channel);
  try {
    if (!channel) throw new ChannelError('channel-off', false);
    const state = await channel.send(toOutbound(conversation, line));
    countFor(engine.counts.sent, conversation.channel);
    return { state, attempts: attempts + 1, nextAttemptAt: null, reason: null, at: now };
  } catch (error) {
    return afterFailure(engine, channel, error, conversation, attempts + 1, now);
  }
}

function afterFailure(
  engine: Engine,
  channel: Channel | undefined,
  error: unknown,
  conversation: Conversation,
  attempts: number,
  now: Date,
): Delivery {
  const known = error instanceof ChannelError ? error : undefined;
  engine.services.log.warn(
    { err: error, channel: conversation.channel, conversationId: conversation._id, attempt: attempts },
    'send failed',
  );
  const seconds = BACKOFF_SECONDS[attempts - 1];
  const reason = known?.reason ?? (channel ? 'channel-error' : 'channel-off');
  if (known?.permanent || seconds === undefined) {
    countFor(engine.counts.failed, conversation.channel);
    return { state: 'failed', attempts, nextAttemptAt: null, reason, at: now };
  }
  const wait = Math.max(seconds * 1000, known?.retryAfter ?? 0);
  return { state: 'queued', attempts, nextAttemptAt: new Date(now.getTime() + wait), reason, at: now };
}

function toOutbound(
  conversation: Conversation,
  { _id, author, content }: Pick<Message, '_id' | 'author' | 'content'>,
): OutboundMessage {
  const { kind, name } = author;
  return {
    id: _id,
    conversationId: conversation._id,
    address: conversation.address,
    author: name === undefined ? { kind } : { kind, name },
    content,
  };
}

function toLine(conversation: Conversation, entry: OutboxEntry, delivery: Delivery): Message {
  return {
    _id: entry._id,
    conversationId: conversation._id,
    direction: 'out',
    author: entry.author,
    content: entry.content,
    channel: conversation.channel,
    account: conversation.account,
    providerId: null,
    sentAt: entry.at,
    receivedAt: entry.at,
    pending: false,
    processedAt: null,
    delivery,
  };
}
