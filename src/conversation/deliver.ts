import type { Conversation, OutboxEntry } from '../models/conversation.js';
import type { Message } from '../models/message.js';
import { OFFICE_CLOSED } from '../services/messages/office-closed.js';
import { attemptDelivery, queuedAt, type Delivery } from './attempt-delivery.js';
import type { Engine } from './engine.js';
import { isOfficeOpen, putOff } from './office-hours-only.js';

/** A staff reply or a message tried again belongs to one process for this long; no send takes longer. */
const CLAIM_MILLISECONDS = 60_000;

/** Letters with their enclosures take longer. */
const LETTER_CLAIM_MILLISECONDS = 10 * 60_000;

/** Most messages that go out as one. */
const MOST_TOGETHER = 30;

/** A conversation as its turn left it; the caller holds its lease. */
export interface Undelivered {
  conversation: Conversation;
  /** Entries of the outbox that this turn has decided; the others may have been sent before a crash. */
  fresh: ReadonlySet<string>;
}

/**
 * Sends what is in the conversation's outbox, in order, and moves it to the message log together with the mark that the
 * inbound message is processed; then gives up the lease. A crash in between repeats a send at most once, under the same id.
 */
export async function deliver(
  engine: Engine,
  { conversation, fresh }: Undelivered,
  handled: Message | undefined,
): Promise<void> {
  const logged = await findLogged(engine, conversation, fresh);
  const lines: Message[] = [];
  for (const entry of conversation.outbox) {
    if (logged.has(entry._id)) continue;
    lines.push(toLine(conversation, entry, await attemptInTurn(engine, conversation, entry)));
  }
  await logLines(engine, lines, handled, engine.clock.now());
  if (conversation.outbox.length > 0) await emptyOutbox(engine, conversation);
  for (const line of [...(handled ? [handled] : []), ...lines]) {
    engine.services.changes.publish({ topic: 'message', id: line._id, conversationId: conversation._id });
  }
}

/**
 * Sends the waiting messages of one conversation whose time has come, oldest first; stops at the first that must wait on.
 * Never throws: what was not sent is found by the next sweep.
 */
export async function deliverQueued(engine: Engine, conversationId: string): Promise<void> {
  try {
    await sendWaiting(engine, conversationId);
  } catch (error) {
    engine.services.log.error({ err: error, conversationId }, 'delivery of waiting messages failed');
  }
}

async function sendWaiting(engine: Engine, conversationId: string): Promise<void> {
  const { messages, conversations } = engine.services.models;
  const conversation = await conversations.findById(conversationId).lean();
  const queued = await messages.find({ conversationId, 'delivery.state': 'queued' }).sort({ _id: 1 }).lean();
  engine.blocked.delete(conversationId);
  if (!conversation) return;
  if (await putOff(engine, queued)) {
    engine.blocked.add(conversationId);
    return;
  }
  for (let rest = queued; rest.length > 0;) {
    const together = firstTogether(engine, conversation, rest);
    const delivery = await sendQueued(engine, conversation, together);
    rest = rest.slice(together.length);
    if (delivery && delivery.state !== 'queued') continue;
    engine.blocked.add(conversationId);
    if (delivery?.nextAttemptAt) await keepBehind(engine, conversationId, delivery.nextAttemptAt);
    return;
  }
}

/** What goes out as one: the first alone, or all that wait with it and have been attempted as often, where letters are written. */
function firstTogether(engine: Engine, { channel }: Conversation, queued: readonly Message[]): Message[] {
  if (!engine.channels.get(channel)?.sendTogether) return queued.slice(0, 1);
  const other = queued.findIndex((line) => line.delivery?.attempts !== queued[0]?.delivery?.attempts);
  return queued.slice(0, Math.min(other < 0 ? queued.length : other, MOST_TOGETHER));
}

/** @returns what became of the lines, still queued when their time has not come; undefined when another process is sending them. */
async function sendQueued(
  engine: Engine,
  conversation: Conversation,
  lines: readonly Message[],
): Promise<Delivery | undefined> {
  const { messages } = engine.services.models;
  const now = engine.clock.now();
  const [first, ...others] = lines;
  const before = first?.delivery ?? queuedAt(now);
  if ((before.nextAttemptAt ?? now) > now && before.reason !== OFFICE_CLOSED) return before;
  const letters = engine.channels.get(conversation.channel)?.capabilities.letters;
  const until = new Date(now.getTime() + (letters ? LETTER_CLAIM_MILLISECONDS : CLAIM_MILLISECONDS));
  // Counted before it is made: what a crash interrupts is sent again with the same lines and no others.
  const claimed = { ...before, attempts: before.attempts + 1, nextAttemptAt: until, reason: null };
  const { matchedCount } = await messages.updateOne(
    { _id: first?._id ?? '', 'delivery.state': 'queued', 'delivery.nextAttemptAt': before.nextAttemptAt },
    { $set: { delivery: claimed } },
  );
  if (matchedCount === 0) return undefined;
  if (others.length > 0) await settle(engine, others, claimed);
  const delivery = await attemptDelivery(engine, conversation, lines, before.attempts);
  await settle(engine, lines, delivery);
  for (const { _id: id } of lines)
    engine.services.changes.publish({ topic: 'message', id, conversationId: conversation._id });
  return delivery;
}

async function settle(engine: Engine, lines: readonly Message[], delivery: Delivery): Promise<void> {
  const _id = { $in: lines.map((line) => line._id) };
  await engine.services.models.messages.updateMany(
    { _id, 'delivery.state': 'queued' },
    { $set: { delivery } },
  );
}

/** Messages behind one that waits fall due with it; due before, they would hide it from a sweep that takes the oldest. */
async function keepBehind(engine: Engine, conversationId: string, until: Date): Promise<void> {
  await engine.services.models.messages.updateMany(
    { conversationId, 'delivery.state': 'queued', 'delivery.nextAttemptAt': { $lt: until } },
    { $set: { 'delivery.nextAttemptAt': until } },
  );
}

async function findLogged(
  engine: Engine,
  { outbox }: Conversation,
  fresh: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const left = outbox.filter(({ _id }) => !fresh.has(_id)).map(({ _id }) => _id);
  if (left.length === 0) return NONE;
  const logged = await engine.services.models.messages.find({ _id: { $in: left } }, { _id: 1 }).lean();
  return new Set(logged.map(({ _id }) => _id));
}

const NONE: ReadonlySet<string> = new Set();

async function logLines(
  engine: Engine,
  lines: readonly Message[],
  handled: Message | undefined,
  now: Date,
): Promise<void> {
  const writes: object[] = lines.map((line) => ({
    updateOne: { filter: { _id: line._id }, update: { $setOnInsert: line }, upsert: true },
  }));
  if (handled) {
    const processed = { $set: { pending: false, processedAt: now } };
    writes.push({ updateOne: { filter: { _id: handled._id }, update: processed } });
  }
  if (writes.length === 0) return;
  await engine.services.models.messages.collection.bulkWrite(writes as never, { ordered: true });
}

/** What was logged leaves the outbox, whoever has the lease by now; the lease is given up if it is still ours. */
async function emptyOutbox(engine: Engine, { _id, outbox }: Conversation): Promise<void> {
  const { collection } = engine.services.models.conversations;
  const $pull = { outbox: { _id: { $in: outbox.map((entry) => entry._id) } } } as never;
  const given = { leaseOwner: null, leaseUntil: null };
  const { matchedCount } = await collection.updateOne(
    { _id: _id as never, leaseOwner: engine.owner },
    { $pull, $set: given },
  );
  if (matchedCount === 0) await collection.updateOne({ _id: _id as never }, { $pull });
}

async function attemptInTurn(
  engine: Engine,
  conversation: Conversation,
  entry: OutboxEntry,
): Promise<Delivery> {
  const letters = engine.channels.get(conversation.channel)?.capabilities.letters;
  // What more of the same letter is still being taken in has its answer in the same letter.
  if (letters) return queuedAt(new Date(engine.clock.now().getTime() + letters.gatherSeconds * 1000));
  if (entry.withinHours && !isOfficeOpen(engine)) engine.blocked.add(conversation._id);
  if (engine.blocked.has(conversation._id)) return queuedAt(engine.clock.now());
  const delivery = await attemptDelivery(engine, conversation, [entry], 0);
  if (delivery.state === 'queued') engine.blocked.add(conversation._id);
  return delivery;
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
    ...(entry.withinHours ? { withinHours: true } : {}),
    ...(entry.matter === undefined ? {} : { matter: entry.matter }),
    delivery,
  };
}
