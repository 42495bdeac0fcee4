import type { Conversation } from '../models/conversation.js';
import type { Message } from '../models/message.js';
import { ChannelError, type Channel, type OutboundMessage } from './channel.js';
import { countFor, type Engine } from './engine.js';

export type Delivery = NonNullable<Message['delivery']>;

/** Waits between attempts, in seconds; after the last one the message has failed. */
const BACKOFF_SECONDS = [5, 15, 60, 300, 900, 3600] as const;

/** Milliseconds before a channel that could not try is asked again. */
const UNATTEMPTED_WAIT = 5_000;

/**
 * Hands lines of one conversation to its channel, and says what became of them: sent, waiting for another attempt, or given up.
 * `attempts`: how many were made before. Never throws.
 */
export async function attemptDelivery(
  engine: Engine,
  conversation: Conversation,
  lines: readonly Pick<Message, '_id' | 'author' | 'content'>[],
  attempts: number,
): Promise<Delivery> {
  const { clock } = engine;
  const channel = engine.channels.get(conversation.channel);
  // No attempt: what waits for a channel may wait as long as that one is off.
  if (!channel) return { ...queuedAt(clock.now()), attempts, reason: 'channel-off' };
  try {
    const state = await handOver(
      channel,
      lines.map((line) => toOutbound(conversation, line)),
    );
    countFor(engine.counts.sent, conversation.channel);
    return { state, attempts: attempts + 1, nextAttemptAt: null, reason: null, at: clock.now() };
  } catch (error) {
    return afterFailure(engine, error, conversation, attempts + 1, clock.now());
  }
}

/** Several only ever come where the channel takes them together. */
async function handOver(
  channel: Channel,
  messages: readonly OutboundMessage[],
): Promise<'sent' | 'delivered'> {
  if (channel.sendTogether) return channel.sendTogether(messages);
  const [only] = messages;
  if (!only || messages.length > 1) throw new Error('this channel takes one message at a time');
  return channel.send(only);
}

function afterFailure(
  engine: Engine,
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
  const reason = known?.reason ?? 'channel-error';
  if (known?.attempted === false) {
    const nextAttemptAt = new Date(now.getTime() + Math.max(UNATTEMPTED_WAIT, known.retryAfter ?? 0));
    return { state: 'queued', attempts: attempts - 1, nextAttemptAt, reason, at: now };
  }
  const seconds = BACKOFF_SECONDS[attempts - 1];
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

/** Waits for its first attempt. */
export function queuedAt(now: Date): Delivery {
  return { state: 'queued', attempts: 0, nextAttemptAt: now, reason: null, at: now };
}
