import { type Collection, MongoClient } from 'mongodb';

export interface Entry {
  _id: number;
  key: string;
  group: number;
  n: number;
  pad: string;
}

const GROUPS = 50;
const PAD = 'x'.repeat(900);

/** A document of 1 KB. */
export const entry = (i: number): Entry => ({ _id: i, key: `key-${i}`, group: i % GROUPS, n: i, pad: PAD });

/** Writes are acknowledged when they are in the journal, by both servers alike. */
export const connect = (uri: string): Promise<MongoClient> =>
  MongoClient.connect(uri, { maxPoolSize: 50, writeConcern: { w: 1, journal: true } });

export async function fill(entries: Collection<Entry>, count: number): Promise<void> {
  await entries.createIndex({ key: 1 }, { unique: true }, {});
  await entries.createIndex({ group: 1, n: 1 }, {}, {});
  for (let i = 0; i < count; i += 1000)
    await entries.insertMany(Array.from({ length: 1000 }, (_, k) => entry(i + k)));
}
