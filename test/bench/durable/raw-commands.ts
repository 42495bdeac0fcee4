import type { Collection, Db } from 'mongodb';
import type * as modelsModule from '../../../src/models/index.js';
import { built } from '../harness/built.js';
import { answer, type FloorState } from '../intake/floor.js';
import type { Stack } from '../intake/stack.js';
import { closeModels } from './durable-engine.js';

interface RawConversation {
  _id: string;
  state: FloorState;
  version: number;
  leaseOwner: string | null;
  leaseUntil: Date | null;
  outbox: object[];
  handled: string[];
}

interface RawMessage {
  _id: string;
  pending?: boolean;
  processedAt?: Date | null;
}

/**
 * The reads and writes of a turn of the product and of its delivery, written bare with the driver: the same commands
 * on the same collections and indexes, documents of the same kind, the same durability.
 */
export async function createRawCommands(uri: string): Promise<Stack> {
  const { db, close } = await openDatabase(uri);
  const conversations = db.collection<RawConversation>('conversations');
  const messages = db.collection<RawMessage>('messages');
  const known = new Set<number>();
  return {
    close,
    async turn(conversation, messageId, text) {
      const [_id, at] = [`c${conversation}`, new Date()];
      if (!known.has(conversation)) await open(conversations, _id, at);
      known.add(conversation);
      await messages.insertOne(inboundLine(_id, messageId, text, at));
      const free = [{ leaseOwner: null }, { leaseOwner: 'bench' }, { leaseUntil: { $lt: at } }];
      const leased = await conversations.findOneAndUpdate(
        { _id, $or: free },
        { $set: { leaseOwner: 'bench', leaseUntil: new Date(at.getTime() + 30_000) } },
        { returnDocument: 'after' },
      );
      if (!leased) throw new Error('conversation lost');
      const { reply, state } = reckon(leased.state, text);
      const entry = {
        _id: `${messageId}-reply`,
        author: { kind: 'bot' },
        content: { kind: 'text', text: reply },
        at,
      };
      await conversations.findOneAndUpdate(
        { _id, version: leased.version, leaseOwner: 'bench' },
        {
          $set: { state, leaseOwner: null, leaseUntil: null, lastInboundAt: at },
          $inc: { version: 1 },
          $push: { outbox: { $each: [entry] }, handled: { $each: [messageId], $slice: -64 } },
        },
        { returnDocument: 'after' },
      );
      await messages.bulkWrite([
        {
          updateOne: {
            filter: { _id: entry._id },
            update: { $setOnInsert: outboundLine(_id, reply, at) },
            upsert: true,
          },
        },
        {
          updateOne: { filter: { _id: messageId }, update: { $set: { pending: false, processedAt: at } } },
        },
      ]);
      await conversations.updateOne({ _id }, { $pull: { outbox: { _id: { $in: [entry._id] } } } });
      return reply;
    },
  };
}

/** The least with which both sides are kept: read, guarded write, two lines of log in one insert. Nothing survives a crash in between. */
export async function createRawLeast(uri: string): Promise<Stack> {
  const { db, close } = await openDatabase(uri);
  const conversations = db.collection<RawConversation>('conversations');
  const messages = db.collection<RawMessage>('messages');
  return {
    close,
    async turn(conversation, messageId, text) {
      const [_id, at] = [`c${conversation}`, new Date()];
      const found = await conversations.findOne({ _id });
      if (!found) await open(conversations, _id, at);
      const { reply, state } = reckon(found?.state, text);
      await conversations.findOneAndUpdate(
        { _id, version: found?.version ?? 0 },
        { $set: { state, lastInboundAt: at }, $inc: { version: 1 } },
      );
      await messages.insertMany([
        { ...inboundLine(_id, messageId, text, at), pending: false, processedAt: at },
        { _id: `${messageId}-reply`, ...outboundLine(_id, reply, at) },
      ]);
      return reply;
    },
  };
}

/** The product's own connection, indexes and durability, then the driver beneath it. */
export async function openDatabase(uri: string): Promise<{ db: Db; close: () => Promise<void> }> {
  const { connectModels } = await built<typeof modelsModule>('models/index.js');
  const models = await connectModels(uri);
  const db = models.connection.getClient().db(models.connection.name);
  return { db, close: () => closeModels(models) };
}

async function open(conversations: Collection<RawConversation>, _id: string, at: Date): Promise<void> {
  await conversations.insertOne({
    _id,
    state: { step: 0, answers: {} },
    version: 0,
    leaseOwner: null,
    leaseUntil: null,
    outbox: [],
    handled: [],
    ...{ channel: 'terminal', account: 'bench', address: _id, createdAt: at },
  });
}

function reckon(state: FloorState | undefined, text: string): { reply: string; state: FloorState } {
  const begun = state && state.step <= 8 ? state : { step: 0, answers: {} };
  return { reply: answer(begun, text), state: begun };
}

function inboundLine(conversationId: string, _id: string, text: string, at: Date): RawMessage {
  const line = {
    ...{ _id, conversationId, direction: 'in', author: { kind: 'user' }, content: { kind: 'text', text } },
    ...{ channel: 'terminal', account: 'bench', providerId: _id, sentAt: at, receivedAt: at },
    ...{ pending: true, processedAt: null, delivery: null },
  };
  return line;
}

function outboundLine(conversationId: string, text: string, at: Date): object {
  return {
    ...{ conversationId, direction: 'out', author: { kind: 'bot' }, content: { kind: 'text', text } },
    ...{ channel: 'terminal', account: 'bench', providerId: null, sentAt: at, receivedAt: at },
    ...{ pending: false, processedAt: null },
    delivery: { state: 'sent', attempts: 1, nextAttemptAt: null, reason: null, at },
  };
}
