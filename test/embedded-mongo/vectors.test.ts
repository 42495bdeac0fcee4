import { readFile } from 'node:fs/promises';
import { type BSON, EJSON } from 'bson';
import { type Collection, type Document, MongoClient, type MongoServerError, type Sort } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uniqueDatabaseUri } from '../support/database.js';

interface Case {
  kind: 'find' | 'aggregate' | 'update';
  name: string;
  dataset: string;
  collections?: Record<string, unknown>;
  expect: { ok?: unknown; error?: number };
}
interface Spec {
  pipeline: Document[];
  filter: Document;
  projection?: Document;
  sort?: Sort;
  update: Document;
  multi?: boolean;
  upsert?: boolean;
  arrayFilters?: Document[];
}
interface Vectors {
  datasets: Record<string, unknown>;
  cases: Case[];
}

const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true };
const read = (value: unknown): Document =>
  EJSON.deserialize(value as Document, { relaxed: false }) as Document;
const write = (value: unknown): string => JSON.stringify(EJSON.serialize(value, { relaxed: false }));
const isRefusal = (error: unknown): boolean => (error as Error).message.includes('set MONGODB_URI');

describe('recorded results of the real engine', async () => {
  const { datasets, cases } = JSON.parse(
    await readFile(new URL('fixtures/mongo-vectors.json', import.meta.url), 'utf8'),
  ) as Vectors;
  const count = { same: 0, refused: 0 };
  let client: MongoClient;

  beforeAll(async () => {
    client = await MongoClient.connect(uniqueDatabaseUri());
  });

  afterAll(async () => {
    await client.db().dropDatabase();
    await client.close();
    process.stdout.write(
      `vectors: ${count.same} as recorded, ${count.refused} refused by name, 0 different\n`,
    );
  });

  it.each(cases.map((one, index) => ({ ...one, title: `${one.kind} ${one.name}`, index })))(
    '$title ($index) is as recorded or refused by name',
    async (one) => {
      const collection = client.db().collection(`c${one.index}`);
      const documents = read(datasets[one.dataset]) as Document[];
      if (documents.length) await collection.insertMany(documents);
      for (const [name, content] of Object.entries(one.collections ?? {})) {
        const others = read(datasets[String(content)]) as Document[];
        const other = client.db().collection(name);
        await other.deleteMany({});
        if (others.length) await other.insertMany(others);
      }
      let result: unknown;
      try {
        result = await run(one, collection);
      } catch (error) {
        if (isRefusal(error)) {
          count.refused += 1;
          return;
        }
        expect({
          error: Number((error as MongoServerError).code),
          message: (error as Error).message,
        }).toMatchObject(
          one.expect.error === undefined ? { ok: one.expect.ok } : { error: one.expect.error },
        );
        count.same += 1;
        return;
      } finally {
        await collection.drop();
      }
      expect(JSON.parse(write({ ok: result }))).toEqual(JSON.parse(write(read(one.expect))));
      count.same += 1;
    },
  );

  async function run(one: Case, collection: Collection): Promise<unknown> {
    // A vector that looks into its own collection calls it $self.
    const own = JSON.stringify(one).replaceAll('"$self"', `"${collection.collectionName}"`);
    const spec = read(JSON.parse(own)) as Spec;
    if (one.kind === 'aggregate') return collection.aggregate(spec.pipeline, EXACT).toArray();
    if (one.kind === 'find') {
      const found = await collection
        .find(spec.filter, { ...EXACT, projection: spec.projection ?? {}, sort: spec.sort ?? {} })
        .toArray();
      return spec.projection || spec.sort ? found : found.map(({ _id }) => _id as unknown);
    }
    const command = {
      update: collection.collectionName,
      updates: [
        {
          q: spec.filter,
          u: spec.update,
          multi: spec.multi ?? false,
          upsert: spec.upsert ?? false,
          arrayFilters: spec.arrayFilters,
        },
      ],
    };
    const reply = await client.db().command(command, EXACT);
    const failure = (reply.writeErrors as Document[] | undefined)?.[0];
    if (failure) throw Object.assign(new Error(String(failure.errmsg)), { code: Number(failure.code) });
    const docs = await collection.find({}, { ...EXACT, sort: { _id: 1 } }).toArray();
    return { n: reply.n as unknown, nModified: reply.nModified as unknown, docs: docs.map(withoutClock) };
  }
});

/** Dates set by $currentDate differ with every run. */
function withoutClock(document: Document): Document {
  const recent = Date.now() - 3_600_000;
  const clean = (value: unknown): unknown => {
    if (value instanceof Date) return value.getTime() > recent ? 'DATE' : value;
    if ((value as { _bsontype?: string } | null)?._bsontype === 'Timestamp')
      return (value as BSON.Timestamp).t * 1000 > recent ? 'TS' : value;
    return value;
  };
  return Object.fromEntries(Object.entries(document).map(([name, value]) => [name, clean(value)]));
}
