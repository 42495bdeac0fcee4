import type { Vouched } from '../models/conversation.js';
import type { Message } from '../models/message.js';
import { recogniseVouched } from '../services/contacts/recognise-vouched.js';
import { storeMessage } from '../services/messages/store-message.js';
import type { InboundMessage } from './channel.js';
import { countFor, type Engine } from './engine.js';
import { handleMessage } from './handle-message.js';

type Sender = Pick<InboundMessage, 'channel' | 'account' | 'address' | 'known' | 'claimedEmail'>;

/** Addresses remembered before the oldest half is forgotten and looked up again when needed. */
const REMEMBERED = 100_000;

/**
 * Takes a message in: stored first, under a unique index (channel, account, provider id); when this returns it may be
 * acknowledged to the platform. Its turn runs afterwards, after the turns of earlier messages.
 */
export async function receiveMessage(
  engine: Engine,
  inbound: InboundMessage,
): Promise<{ conversationId: string; messageId: string; duplicate: boolean }> {
  const now = engine.clock.now();
  // Named and queued in the order of arrival: two writes that are under way together may finish in any order.
  const _id = engine.services.newId();
  const conversationId = await findConversation(engine, inbound, now);
  const message: Message = {
    _id,
    conversationId,
    direction: 'in',
    author: { kind: 'user' },
    content: inbound.content,
    channel: inbound.channel,
    account: inbound.account,
    providerId: inbound.providerId,
    sentAt: inbound.sentAt,
    receivedAt: now,
    pending: true,
    processedAt: null,
    delivery: null,
  };
  const storing = storeOnce(engine, message);
  void engine.queue.run(conversationId, async () => {
    if (await isNew(storing)) await handleMessage(engine, message);
  });
  const existing = await storing;
  if (existing) return { conversationId, messageId: existing, duplicate: true };
  countFor(engine.counts.received, inbound.channel);
  engine.services.changes.publish({ topic: 'message', id: message._id, conversationId });
  return { conversationId, messageId: message._id, duplicate: false };
}

/** What could not be stored has no turn; the channel hears of the failure and the platform delivers again. */
async function isNew(storing: Promise<string | undefined>): Promise<boolean> {
  try {
    return (await storing) === undefined;
  } catch {
    return false;
  }
}

/** The conversation of an address, opened when there is none. */
export async function findConversation(engine: Engine, inbound: Sender, now: Date): Promise<string> {
  const { channel, account, address, known } = inbound;
  // What the platform newly vouches for is a reason to look again.
  const key = [channel, account, address, known?.phone, known?.email].join('\n');
  const remembered = engine.conversationIds.get(key);
  if (remembered) return remembered;
  const opening = openConversation(engine, inbound, now);
  if (engine.conversationIds.size >= REMEMBERED) forgetHalf(engine.conversationIds);
  engine.conversationIds.set(key, opening);
  try {
    return await opening;
  } catch (error) {
    engine.conversationIds.delete(key);
    throw error;
  }
}

async function openConversation(engine: Engine, inbound: Sender, now: Date): Promise<string> {
  const { channel, account, address, known, claimedEmail } = inbound;
  const vouched: Vouched = {
    ...(known?.phone ? { phone: known.phone } : {}),
    ...(known?.email ? { email: known.email } : {}),
  };
  const vouches = Object.keys(vouched).length > 0;
  const profile = { ...(claimedEmail ? { email: claimedEmail } : {}), ...vouched };
  const fresh = { _id: engine.services.newId(), profile, createdAt: now };
  const conversation = await engine.services.models.conversations
    .findOneAndUpdate(
      { channel, account, address },
      { $setOnInsert: fresh, ...(vouches ? { $set: { vouched } } : {}) },
      {
        ...{ upsert: true, returnDocument: 'after', setDefaultsOnInsert: true },
        projection: { _id: 1, contactId: 1 },
      },
    )
    .lean();
  if (!conversation) throw new Error('conversation could not be opened');
  const { _id, contactId } = conversation;
  if (vouches) {
    const written = { _id, contactId, channel, account, address };
    await recogniseVouched(engine.services, { conversation: written, vouched, now });
  }
  return _id;
}

/** @returns the id of the message already stored under the same provider id, or undefined when this one is new. */
export async function storeOnce({ services }: Engine, message: Message): Promise<string | undefined> {
  return storeMessage(services, message);
}

function forgetHalf(map: Map<string, unknown>): void {
  let left = map.size / 2;
  for (const key of map.keys()) {
    if (left-- <= 0) return;
    map.delete(key);
  }
}
