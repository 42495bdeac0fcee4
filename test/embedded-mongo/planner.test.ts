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
