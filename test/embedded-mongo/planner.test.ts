import fc from 'fast-check';
import { type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { uniqueDatabaseUri } from '../support/database.js';

interface Ticket {
  _id: number;
  status?: string | null;
  due?: Date;
  n: number;
  tags?: string[];
  items?: { kind: string; size: number }[];
  email?: string;
  name?: string;
}

const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));

const value = fc.constantFrom<unknown>(0, 1, 2, 'x', null, [], [1, 2], [[1]], { b: 1 });
const element = fc.record({ b: value, c: value }, { requiredKeys: [] });
const document = fc.record(
  { a: fc.oneof(value, fc.array(fc.oneof(element, value), { maxLength: 3 })), d: value, e: value },
  { requiredKeys: [] },
);
const path = fc.constantFrom('a', 'a.b', 'a.c', 'd', 'e');
const indexKey = fc.tuple(
  fc
    .dictionary(path, fc.constantFrom(1 as const, -1 as const), { minKeys: 1, maxKeys: 3 })
    .chain((key) => fc.constantFrom(key, { ...key, _id: 1 as const })),
  fc.constantFrom({}, {}, { sparse: true }, { partialFilterExpression: { d: { $gte: 1 } } }),
);
const order = fc
  .dictionary(fc.constantFrom('d', 'e', 'a.b'), fc.constantFrom(1, -1), { maxKeys: 2 })
  .map((names) => ({ ...names, _id: 1 }));
const test = fc.oneof(
  value,
  fc.record({ $in: fc.array(value, { minLength: 1, maxLength: 3 }) }),
  fc.record({ $gte: fc.constantFrom(0, 1), $lt: fc.constantFrom(1, 2) }, { requiredKeys: ['$lt'] }),
  fc.constantFrom<unknown>({ $ne: 1 }, { $exists: true }, { $elemMatch: { $gt: 0, $lt: 2 } }),
);
const inside = fc.dictionary(fc.constantFrom('b', 'c'), test, { minKeys: 1, maxKeys: 2 });
const part: fc.Arbitrary<Document> = fc.oneof(
  fc.dictionary(path, test, { minKeys: 1, maxKeys: 3 }),
  fc.tuple(inside, path, test).map(([$elemMatch, name, other]) => ({ [name]: other, a: { $elemMatch } })),
);
const filter: fc.Arbitrary<Document> = fc.oneof(
  part,
  fc.tuple(part, part, part).map(([one, two, three]) => ({ ...one, $or: [two, three] })),
  fc.tuple(part, part).map(($or) => ({ $or })),
);

describe('planner', () => {
  let client: MongoClient;

  const tickets = (): ReturnType<typeof collection> => collection();
  const collection = () => client.db().collection<Ticket>('tickets');

  beforeAll(async () => {
    client = await MongoClient.connect(uniqueDatabaseUri());
    await tickets().createIndex({ status: 1, due: -1 }, {}, {});
    await tickets().createIndex({ tags: 1 }, {}, {});
    await tickets().createIndex({ 'items.kind': 1, 'items.size': 1 }, {}, {});
    await tickets().createIndex({ email: 1 }, { unique: true, sparse: true }, {});
    await tickets().createIndex(
      { n: 1 },
      { partialFilterExpression: { status: 'open' }, name: 'open_n' },
      {},
    );
    await tickets().createIndex({ name: 1 }, {}, {});
    await tickets().insertMany(
      Array.from({ length: 300 }, (_, i) => ({
        _id: i,
        n: i,
        ...(i % 10 ? { status: ['open', 'closed', 'waiting'][i % 3]! } : {}),
        due: day(i % 40),
        tags: [`t${i % 5}`, `u${i % 7}`],
        items: [
          { kind: 'a', size: i },
          { kind: 'b', size: 300 - i },
        ],
        ...(i % 2 ? { email: `contoh${i}@example.id` } : {}),
        name: `${i % 3 ? 'Sari' : 'Budi'} Contoh ${i}`,
      })),
    );
  });

  afterAll(async () => {
    await client.db().dropDatabase();
    await client.close();
  });

  const CASES: [string, Document, Document, string | undefined][] = [
    ['equality and sort', { status: 'open' }, { due: -1, _id: 1 }, 'status_1_due_-1'],
    [
      'equality and range on a descending field',
      { status: 'open', due: { $gte: day(5), $lt: day(9) } },
      { _id: 1 },
      'status_1_due_-1',
    ],
    [
      'a list of values',
      { status: { $in: ['open', 'waiting'] }, due: { $gt: day(30) } },
      { _id: 1 },
      'status_1_due_-1',
    ],
    ['a missing field', { status: null }, { _id: 1 }, 'status_1_due_-1'],
    ['an array element', { tags: 't3' }, { _id: 1 }, 'tags_1'],
    [
      'two ranges met by different elements',
      { 'items.size': { $gt: 290 }, 'items.kind': 'a' },
      { _id: 1 },
      'items.kind_1_items.size_1',
    ],
    ['a unique key', { email: 'contoh7@example.id' }, {}, 'email_1'],
    [
      'a partial index that the filter implies',
      { status: 'open', n: { $gt: 250 } },
      { n: 1, _id: 1 },
      undefined,
    ],
    ['a pattern with a fixed beginning', { name: { $regex: '^Sari Contoh 1' } }, { _id: 1 }, 'name_1'],
    [
      'two fields of one array element',
      { items: { $elemMatch: { kind: 'a', size: { $gt: 290 } } } },
      { _id: 1 },
      'items.kind_1_items.size_1',
    ],
    [
      'a union of branches',
      { $or: [{ tags: 'u2' }, { email: 'contoh9@example.id' }] },
      { _id: 1 },
      undefined,
    ],
    [
      '$and within',
      { $and: [{ status: 'closed' }, { due: { $lte: day(3) } }] },
      { _id: 1 },
      'status_1_due_-1',
    ],
    ['a null that a sparse index does not hold', { email: null }, { _id: 1 }, undefined],
  ];

  it.each(CASES)('%s gives what a scan gives', async (_, filter, sort, index) => {
    const order = Object.keys(sort).length ? sort : { _id: 1 };
    const planned = await tickets()
      .find(filter, { sort: order as never })
      .toArray();
    const scanned = await tickets()
      .find(filter, { sort: order as never, hint: { $natural: 1 } })
      .toArray();
    expect(planned).toEqual(scanned);
    expect(planned.length).toBeGreaterThan(0);
    if (index === undefined || !inject('mongoUri').includes('.sock')) return;
    const plan = (await tickets()
      .find(filter, { sort: order as never })
      .explain('queryPlanner')) as { queryPlanner: { winningPlan: Document } };
    expect(JSON.stringify(plan.queryPlanner.winningPlan)).toContain(`"indexName":"${index}"`);
  });

  it('examines little and needs no sort where the index gives the order', async () => {
    const explained = (await tickets()
      .find({ status: 'open', due: { $lt: day(30) } }, { sort: { due: -1 }, limit: 5 })
      .explain('executionStats')) as { executionStats: Document; queryPlanner: { winningPlan: Document } };
    expect(explained.executionStats).toMatchObject({ nReturned: 5 });
    expect(explained.executionStats.totalDocsExamined).toBeLessThanOrEqual(6);
    expect(JSON.stringify(explained.queryPlanner.winningPlan)).not.toContain('"SORT"');
  });

  it.each<[string, Document, Document]>([
    ['branches of $or', { $or: [{ status: 'open' }, { status: 'waiting' }] }, { due: -1 }],
    ['a list of values', { status: { $in: ['open', 'waiting', 'closed'] } }, { due: 1 }],
  ])('merges sorted scans for %s', async (_, filter, sort) => {
    const explained = (await tickets()
      .find(filter, { sort: sort as never, limit: 10 })
      .explain('executionStats')) as { executionStats: Document; queryPlanner: { winningPlan: Document } };
    expect(explained.executionStats).toMatchObject({ nReturned: 10 });
    expect(explained.executionStats.totalDocsExamined).toBeLessThanOrEqual(50);
    expect(JSON.stringify(explained.queryPlanner.winningPlan)).toContain('"SORT_MERGE"');
  });

  it('examines only the entries of the element that $elemMatch describes', async () => {
    const explained = (await tickets()
      .find({ items: { $elemMatch: { kind: 'b', size: 7 } } })
      .explain('executionStats')) as { executionStats: Document };
    expect(explained.executionStats).toMatchObject({ nReturned: 1, totalDocsExamined: 1 });
  });

  it('finds with random indexes what a scan finds, in the same order', async () => {
    const collection = client.db().collection<{ _id: number }>('random');
    await fc.assert(
      fc.asyncProperty(
        fc.array(document, { minLength: 5, maxLength: 25 }),
        fc.array(indexKey, { maxLength: 4 }),
        fc.array(fc.tuple(filter, order, fc.nat(5)), { minLength: 8, maxLength: 8 }),
        async (documents, keys, queries) => {
          await collection.deleteMany({});
          await collection.dropIndexes();
          await collection.insertMany(documents.map((fields, _id) => ({ ...fields, _id })));
          for (const [key, options] of keys)
            await collection.createIndex(key, options, {}).catch(() => undefined);
          for (const [one, sort, limit] of queries) {
            // Sorting by two arrays is an error, which both ways give.
            const find = (hint?: Document) =>
              collection
                .find(one, { sort: sort as never, limit, ...(hint && { hint }) })
                .toArray()
                .catch((error: unknown) => String(error));
            expect(await find()).toEqual(await find({ $natural: 1 }));
          }
        },
      ),
      { numRuns: Number(process.env.PLANNER_RUNS ?? 25) },
    );
  });

  it('keeps uniqueness in updates and in bulk', async () => {
    await expect(
      tickets().updateOne({ _id: 1 }, { $set: { email: 'contoh3@example.id' } }),
    ).rejects.toMatchObject({ code: 11000 });
    const result = await tickets()
      .bulkWrite(
        [
          { insertOne: { document: { _id: 1000, n: 1, email: 'contoh3@example.id' } } },
          { insertOne: { document: { _id: 1001, n: 1 } } },
        ],
        { ordered: false },
      )
      .catch((error: unknown) => error as { code: number; insertedCount: number });
    expect(result).toMatchObject({ code: 11000, insertedCount: 1 });
  });
});
