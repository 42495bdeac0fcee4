import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calculateObjectSize } from 'bson';
import { type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EmbeddedServer,
  startEmbeddedServer,
  StoreLockedError,
} from '../../src/embedded-mongo/index.js';

describe('embedded server', () => {
  let folder: string;
  let server: EmbeddedServer;
  let client: MongoClient;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dering-server-'));
    server = await startEmbeddedServer({ folder });
    client = await MongoClient.connect(server.uri);
  });

  afterAll(async () => {
    await client.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('stores, finds, sorts, updates and deletes', async () => {
    const people = client
      .db()
      .collection<{ _id: number; name: string; tags?: string[]; n?: number }>('people');
    await people.insertMany([
      { _id: 1, name: 'Sari Contoh', tags: ['a', 'b'] },
      { _id: 2, name: 'Budi Contoh', n: 5 },
      { _id: 3, name: 'Ani Contoh', n: 7 },
    ]);
    expect(await people.find({}, { sort: { name: 1 }, projection: { name: 1, _id: 0 } }).toArray()).toEqual([
      { name: 'Ani Contoh' },
      { name: 'Budi Contoh' },
      { name: 'Sari Contoh' },
    ]);
    expect(await people.find({ tags: 'b' }).toArray()).toHaveLength(1);
    const changed = await people.findOneAndUpdate(
      { _id: 2 },
      { $inc: { n: 1 }, $push: { tags: 'x' } },
      { returnDocument: 'after' },
    );
    expect(changed).toEqual({ _id: 2, name: 'Budi Contoh', n: 6, tags: ['x'] });
    expect(await people.updateMany({ n: { $gt: 1 } }, { $set: { name: 'semua' } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 2,
    });
    expect(await people.deleteMany({ name: 'semua' })).toMatchObject({ deletedCount: 2 });
    expect(await people.countDocuments({})).toBe(1);
  });

  it('pages through more than one batch', async () => {
    const many = client.db().collection<{ _id: number }>('many');
    await many.insertMany(Array.from({ length: 1000 }, (_, _id) => ({ _id })));
    expect(
      await many.find({ _id: { $gte: 100 } }, { batchSize: 50, sort: { _id: -1 } }).toArray(),
    ).toHaveLength(900);
    const plan = (await many.find({ _id: { $gt: 500 } }, { sort: { _id: -1 }, limit: 3 }).explain()) as {
      explainVersion: string;
      queryPlanner: Document;
    };
    expect(plan.explainVersion).toBe('1');
    expect(plan.queryPlanner.winningPlan).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'IXSCAN', direction: 'backward' },
    });
  });

  it('keeps unique, sparse and partial indexes', async () => {
    const keyed = client.db().collection('keyed');
    await keyed.createIndex({ email: 1 }, { unique: true, sparse: true }, {});
    await keyed.insertMany([{ email: 'a@example.id' }, {}, {}]);
    await expect(keyed.insertOne({ email: 'a@example.id' })).rejects.toMatchObject({
      code: 11000,
      keyValue: { email: 'a@example.id' },
    });
  });

  it('ends a cursor whose collection or index was dropped, rather than leaving documents out', async () => {
    const many = client.db().collection<{ _id: number }>('dropped');
    const documents = Array.from({ length: 500 }, (_, _id) => ({ _id, n: _id }));
    const readBeyond = async (between: () => Promise<unknown>): Promise<unknown> => {
      await many.insertMany(documents);
      await many.createIndex({ n: 1 }, {}, {});
      const cursor = many.find({ n: { $gte: 0 } }, { batchSize: 5, hint: { n: 1 } });
      await cursor.next();
      await between();
      return cursor.toArray().then((rest) => rest.length);
    };
    await expect(readBeyond(() => many.drop())).rejects.toMatchObject({ code: 175 });
    const remake = async (): Promise<void> => {
      await many.drop();
      await many.insertMany(documents);
    };
    await expect(readBeyond(remake)).rejects.toMatchObject({ code: 175 });
    await many.drop();
    await expect(readBeyond(() => many.dropIndex('n_1'))).rejects.toMatchObject({ code: 175 });
    await many.drop();
    expect(await readBeyond(() => many.createIndex({ m: 1 }, {}, {}))).toBe(499);
  });

  it('makes all indexes of a command or none', async () => {
    const keyed = client.db().collection('indexed');
    const unique = { key: { b: 1 }, name: 'b_1', unique: true };
    await keyed.insertMany([{ b: 1 }, { b: 1 }]);
    await expect(keyed.createIndexes([{ key: { a: 1 } }, unique])).rejects.toMatchObject({ code: 11000 });
    expect(await keyed.indexes()).toHaveLength(1);
    const none = client.db().collection('unmade');
    await expect(none.createIndexes([unique, { key: { c: 1 }, name: 'b_1' }])).rejects.toMatchObject({
      code: 86,
    });
    expect(await client.db().listCollections({ name: 'unmade' }).toArray()).toEqual([]);
  });

  it('groups with an aggregation', async () => {
    const facts = client.db().collection('facts');
    await facts.insertMany([
      { unit: 'x', n: 1 },
      { unit: 'y', n: 2 },
      { unit: 'x', n: 3 },
    ]);
    const found = await facts
      .aggregate([
        { $match: { n: { $gt: 0 } } },
        { $group: { _id: '$unit', total: { $sum: '$n' } } },
        { $sort: { _id: 1 } },
      ])
      .toArray();
    expect(found).toEqual([
      { _id: 'x', total: 4 },
      { _id: 'y', total: 2 },
    ]);
  });

  it('pulls by a filter that begins with $or', async () => {
    const lists = client.db().collection<{ _id: number; a: ({ x: number } | number)[] }>('lists');
    await lists.insertOne({ _id: 1, a: [{ x: 1 }, { x: 2 }, { x: 3 }, 1] });
    await lists.updateOne({}, { $pull: { a: { $or: [{ x: 1 }, { x: 3 }] } } });
    expect((await lists.findOne())?.a).toEqual([{ x: 2 }, 1]);
  });

  it('points the positional operator as MongoDB does, and minds elements that are named as well', async () => {
    const lists = client.db().collection('positions');
    const after = async (update: Document, filter: Document): Promise<unknown> => {
      await lists.deleteMany({});
      await lists.insertOne({ b: ['x', 'a'], a: [1, { c: 1 }, null] });
      await lists.updateOne(filter, update);
      return (await lists.findOne({}))?.a;
    };
    expect(await after({ $set: { 'a.$': 5 } }, { b: { $exists: true } })).toEqual([5, { c: 1 }, null]);
    expect(await after({ $set: { 'a.$.d': 5, 'a.1.e': 6 } }, { b: 'a' })).toEqual([
      1,
      { c: 1, d: 5, e: 6 },
      null,
    ]);
    expect(await after({ $set: { 'a.$': 5, 'a.0': 6 } }, { b: 'a' })).toEqual([6, 5, null]);
    for (const update of [{ $set: { 'a.$': 5, 'a.1': 6 } }, { $set: { 'a.$.c': 5 }, $push: { 'a.1': 6 } }])
      await expect(after(update, { b: 'a' })).rejects.toMatchObject({ code: 40 });
    expect(await after({ $unset: { 'a.2': '' } }, {})).toEqual(await after({ $set: { z: 1 } }, {}));
  });

  it('upserts under the _id null that the filter names', async () => {
    const any = client.db().collection<{ _id: null; n: number }>('nulls');
    expect(await any.updateOne({ _id: null }, { $set: { n: 1 } }, { upsert: true })).toMatchObject({
      upsertedCount: 1,
    });
    expect(await any.find().toArray()).toEqual([{ _id: null, n: 1 }]);
  });

  it('lets concurrent searches without an index change each document once, and insert one at most', async () => {
    const jobs = client.db().collection<{ _id: number; taken: boolean; name?: string }>('jobs');
    await jobs.insertMany(Array.from({ length: 2000 }, (_, _id) => ({ _id, taken: _id < 1900 })));
    const taken = await Promise.all(
      Array.from({ length: 60 }, () => jobs.findOneAndUpdate({ taken: false }, { $set: { taken: true } })),
    );
    expect(new Set(taken.map((job) => job?._id)).size).toBe(60);
    const last = { sort: { _id: -1 } } as const;
    const removed = await Promise.all(
      Array.from({ length: 20 }, () => jobs.findOneAndDelete({ taken: false }, last)),
    );
    expect(new Set(removed.map((job) => job?._id)).size).toBe(20);
    expect(await jobs.countDocuments({ taken: false })).toBe(20);
    const upserts = Array.from({ length: 10 }, () =>
      jobs.updateOne({ name: 'baru' }, { $set: { taken: true } }, { upsert: true }),
    );
    expect((await Promise.all(upserts)).filter(({ upsertedCount }) => upsertedCount)).toHaveLength(1);
  });

  it('ends what takes longer than maxTimeMS', async () => {
    const slow = client.db().collection<{ _id: number }>('slow');
    await slow.insertMany(Array.from({ length: 20_000 }, (_, _id) => ({ _id, text: 'contoh '.repeat(20) })));
    const filter = { text: { $regex: 'x$' } };
    for (const run of [
      () => slow.find(filter, { maxTimeMS: 1 }).toArray(),
      () => slow.countDocuments(filter, { maxTimeMS: 1 }),
      () => slow.updateOne(filter, { $set: { n: 1 } }, { maxTimeMS: 1 }),
      () => slow.findOneAndDelete(filter, { maxTimeMS: 1 }),
    ])
      await expect(run()).rejects.toMatchObject({ code: 50 });
    expect(await slow.countDocuments(filter, { maxTimeMS: 60_000 })).toBe(0);
    await expect(slow.createIndex({ text: 1 }, { maxTimeMS: 1 }, {})).rejects.toThrow(
      /maxTimeMS.*MONGODB_URI/,
    );
  });

  it('is told whether TTL indexes delete, and no other parameter', async () => {
    const admin = client.db('admin');
    expect(await admin.command({ setParameter: 1, ttlMonitorEnabled: false })).toMatchObject({ was: true });
    expect(await admin.command({ setParameter: 1, ttlMonitorEnabled: true })).toMatchObject({ was: false });
    await expect(admin.command({ setParameter: 1 })).rejects.toMatchObject({ code: 72 });
    await expect(admin.command({ setParameter: 1, quiet: true })).rejects.toThrow(/quiet/);
  });

  it('tells the sizes that mongosh asks for', async () => {
    const db = client.db('ukuran');
    const sized = db.collection<{ _id: number; a: string }>('sized');
    await sized.insertMany(Array.from({ length: 10 }, (_, _id) => ({ _id, a: 'contoh' })));
    await sized.createIndex({ a: 1 }, {}, {});
    const size = 10 * calculateObjectSize({ _id: 1, a: 'contoh' });
    const expected = { count: 10, size, avgObjSize: size / 10, storageSize: size, nindexes: 2 };
    const stats = await db.command({ collStats: 'sized' });
    expect(stats).toMatchObject({ ns: 'ukuran.sized', ...expected });
    const { _id_: onId, a_1: onA } = stats.indexSizes as Record<string, number>;
    expect(onId).toBeGreaterThan(0);
    expect(stats.totalIndexSize).toBe(onId! + onA!);
    expect(stats.totalSize).toBe(size + onId! + onA!);
    const stage = { $collStats: { storageStats: { scale: 10 }, count: {} } };
    const [found] = await sized.aggregate([stage, { $project: { localTime: 0 } }]).toArray();
    expect(found).toMatchObject({
      ns: 'ukuran.sized',
      count: 10,
      storageStats: { ...expected, size: Math.floor(size / 10), storageSize: Math.floor(size / 10) },
    });
    expect(found).not.toHaveProperty('localTime');
    expect(await db.command({ dbStats: 1 })).toMatchObject({
      collections: 1,
      objects: 10,
      avgObjSize: size / 10,
      dataSize: size,
      indexes: 2,
      indexSize: stats.totalIndexSize as number,
    });
  });

  it('has no sizes of a collection that does not exist, and refuses others than these by name', async () => {
    const none = client.db('ukuran').collection('none');
    await expect(none.aggregate([{ $collStats: { count: {} } }]).toArray()).rejects.toMatchObject({
      code: 26,
    });
    expect(await client.db('ukuran').command({ collStats: 'none' })).toMatchObject({ count: 0, nindexes: 0 });
    expect(await client.db('none').command({ dbStats: 1 })).toMatchObject({ objects: 0, avgObjSize: 0 });
    for (const stages of [[{ $collStats: { latencyStats: {} } }], [{ $match: {} }, { $collStats: {} }]])
      await expect(none.aggregate(stages).toArray()).rejects.toThrow(/\$collStats.*MONGODB_URI/);
    for (const command of [
      { collStats: 'none', scale: 0 },
      { dbStats: 1, scale: 0 },
    ])
      await expect(client.db('ukuran').command(command)).rejects.toMatchObject({ code: 2 });
  });

  it('refuses by name what it does not do', async () => {
    const any = client.db().collection('any');
    await expect(any.find({ $where: 'true' }).toArray()).rejects.toThrow(/\$where.*set MONGODB_URI/);
    await any.insertOne({ a: [{ $ref: 'x', $id: 1 }] });
    for (const filter of [{ $id: 1 }, { a: { $elemMatch: { $id: 1 } } }, { a: { $id: 1, $ref: 'x' } }])
      await expect(any.find(filter).toArray()).rejects.toThrow(/\$id.*set MONGODB_URI/);
    expect(await any.find({ 'a.$id': 1 }).toArray()).toHaveLength(1);
    for (const update of [{ $set: { 'a.0.$k': 1 } }, { $unset: { $k: '' } }, { $rename: { $k: 'b' } }])
      await expect(any.updateOne({}, update)).rejects.toThrow(/\$k.*set MONGODB_URI/);
  });

  it('refuses a second process on the same folder', async () => {
    await expect(startEmbeddedServer({ folder })).rejects.toBeInstanceOf(StoreLockedError);
  });

  it('keeps everything over a restart', async () => {
    const before = await client.db().collection('many').countDocuments();
    await client.close();
    await server.close();
    server = await startEmbeddedServer({ folder });
    client = await MongoClient.connect(server.uri);
    expect(await client.db().collection('many').countDocuments()).toBe(before);
    await expect(client.db().collection('keyed').insertOne({ email: 'a@example.id' })).rejects.toMatchObject({
      code: 11000,
    });
  });
});
