import type { Storage, StoreItems } from 'botbuilder';
import type { Scenes, SessionStore } from 'telegraf';
import { createBotbuilder } from '../intake/botbuilder.js';
import type { Stack } from '../intake/stack.js';
import { createTelegraf } from '../intake/telegraf.js';
import { openDatabase } from './raw-commands.js';

/** Telegraf with its session in a collection: read before, written after every update. No log, no duplicates known. */
export async function createDurableTelegraf(uri: string): Promise<Stack> {
  const { db, close } = await openDatabase(uri);
  const sessions = db.collection<{ _id: string; session: Scenes.WizardSession }>('sessions');
  const store: SessionStore<Scenes.WizardSession> = {
    get: async (_id) => (await sessions.findOne({ _id }))?.session,
    set: (_id, session) => sessions.updateOne({ _id }, { $set: { session } }, { upsert: true }),
    delete: (_id) => sessions.deleteOne({ _id }),
  };
  return { ...createTelegraf(store), close };
}

/** Bot Framework with its state in a collection; no log, no duplicates known. */
export async function createDurableBotbuilder(uri: string): Promise<Stack> {
  const { db, close } = await openDatabase(uri);
  const items = db.collection<{ _id: string; item: object }>('items');
  const storage: Storage = {
    async read(keys) {
      const found = await items.find({ _id: { $in: keys } }).toArray();
      return Object.fromEntries(found.map(({ _id, item }) => [_id, item]));
    },
    async write(changes: StoreItems) {
      const writes = Object.entries(changes).map(([_id, item]) => ({
        updateOne: { filter: { _id }, update: { $set: { item: item as object } }, upsert: true },
      }));
      await items.bulkWrite(writes);
    },
    async delete(keys) {
      await items.deleteMany({ _id: { $in: keys } });
    },
  };
  return { ...createBotbuilder(storage), close };
}
