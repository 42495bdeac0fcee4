import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { EJSON } from 'bson';
import {
  type Db,
  type Document,
  MongoClient,
  MongoNetworkError,
  MongoServerSelectionError,
  ObjectId,
} from 'mongodb';
import { startEmbeddedServer } from '../../../src/embedded-mongo/index.js';
import { Chance } from './chance.js';
import { filter, indexes, projection, sort } from './filters.js';
import { expression, pipeline } from './pipelines.js';
import { update } from './updates.js';
import { documents } from './values.js';

const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;
const PER_ROUND = 40;
const KINDS = ['find', 'update', 'modify', 'aggregate', 'expression'] as const;
type Kind = (typeof KINDS)[number];

type Outcome = { result: unknown } | { code: number; message: string };

/** Random operations on an embedded server and on a MongoDB server, with their answers compared. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      uri: { type: 'string' },
      seed: { type: 'string', default: '1' },
      runs: { type: 'string', default: '1000' },
      kind: { type: 'string' },
      show: { type: 'string', default: '20' },
      also: { type: 'string' },
    },
  });
  if (values.uri === undefined)
    throw new Error(
      'usage: fuzz --uri mongodb://… [--seed N] [--runs N per kind] [--kind find|update|modify|aggregate|expression] [--also otherCode|refused|early]',
    );
  const folder = await mkdtemp(join(tmpdir(), 'dering-fuzz-'));
  const server = await startEmbeddedServer({ folder, database: 'fuzz' });
  const [own, real] = await Promise.all([MongoClient.connect(server.uri), MongoClient.connect(values.uri)]);
  const database = `fuzz${process.pid}`;
  const shown = { left: Number(values.show) };
  let different = 0;
  for (const kind of KINDS.filter((name) => values.kind === undefined || values.kind === name)) {
    const counts = { same: 0, sameError: 0, otherCode: 0, early: 0, refused: 0, different: 0 };
    for (let round = 0; round * PER_ROUND < Number(values.runs); round += 1) {
      const chance = new Chance(Number(values.seed) * 1_000_003 + round * 7919 + KINDS.indexOf(kind));
      await playRound(
        kind,
        chance,
        own.db(database),
        real.db(database),
        (what, spec, ours, theirs, given) => {
          counts[what] += 1;
          if (what === 'different' || what === values.also)
            report(shown, { what, kind, spec, ours, theirs, given });
        },
      );
    }
    process.stdout.write(`${kind}: ${JSON.stringify(counts)}\n`);
    different += counts.different;
  }
  await real.db(database).dropDatabase();
  await Promise.all([own.close(), real.close()]);
  await server.close();
  await rm(folder, { recursive: true, force: true });
  process.exitCode = different ? 1 : 0;
}

const text = (value: unknown): string =>
  JSON.stringify(EJSON.serialize({ value }, { relaxed: false })).slice(9, -1);

function report(
  shown: { left: number },
  { what, kind, spec, ours, theirs, given }: Record<string, unknown>,
): void {
  if (shown.left <= 0) return;
  shown.left -= 1;
  process.stdout.write(
    `--- ${String(what)} (${String(kind)})\n  spec   ${text(spec)}\n${explainDifference(ours, theirs, given)}\n`,
  );
}

/** Shows only what differs where both sides gave lists. */
function explainDifference(ours: unknown, theirs: unknown, given: unknown): string {
  const [a, b] = [ours as Document, theirs as Document];
  if (!Array.isArray(a.result) || !Array.isArray(b.result))
    return `  ours   ${text(ours).slice(0, 250)}\n  theirs ${text(theirs).slice(0, 250)}`;
  const [left, right] = [a.result.map(text), b.result.map(text)];
  const onlyOurs = left.filter((item) => !right.includes(item));
  const onlyTheirs = right.filter((item) => !left.includes(item));
  const ids = new Set(
    [...onlyOurs, ...onlyTheirs].map((item) => /"_id":(\{"\$numberInt":"\d+"\})/.exec(item)?.[1]),
  );
  const involved = (given as Document[]).filter((document) => ids.has(text(document._id)));
  return `  ours   ${onlyOurs.slice(0, 2).join(' ').slice(0, 300) || `(order) ${left.join().slice(0, 500)}\n  all ${(given as Document[]).map(text).join(' ')}`}\n  theirs ${onlyTheirs.slice(0, 2).join(' ').slice(0, 300) || right.join().slice(0, 500)}\n  given  ${involved.slice(0, 2).map(text).join(' ').slice(0, 500)}`;
}

/**
 * otherCode: both sides fail, with the codes of different faults. early: nothing was found here, and there a constant
 * part failed before.
 */
type Verdict = 'same' | 'sameError' | 'otherCode' | 'early' | 'refused' | 'different';
type Note = (what: Verdict, spec: unknown, ours: Outcome, theirs: Outcome, given: Document[]) => void;

async function playRound(kind: Kind, chance: Chance, own: Db, real: Db, note: Note): Promise<void> {
  let given = documents(chance, 12);
  const others = documents(chance, 4);
  const wanted = indexes(chance);
  for (const db of [own, real]) {
    await db.collection('main').drop();
    await db.collection('other').drop();
    await db.collection('main').insertMany(given);
    await db.collection('other').insertMany(others);
  }
  for (const { key, options } of chance.happens(0.6) ? wanted : []) {
    // Parallel arrays make some indexes impossible, on both sides alike.
    const [ours, theirs] = await Promise.all(
      [own, real].map((db) => attempt(() => db.collection('main').createIndex(key, options, {}))),
    );
    note(judge(ours!, theirs!), { key, options }, ours!, theirs!, given);
  }
  /** Both go on from where they last agreed. */
  const reset = async (content: Document[]): Promise<void> => {
    for (const db of [own, real]) {
      await db.collection('main').deleteMany({});
      await db.collection('main').insertMany(content);
    }
  };
  for (let i = 0; i < PER_ROUND; i += 1) {
    const operation = makeOperation(kind, chance);
    const [ours, theirs] = await Promise.all([
      attempt(() => operation.run(own)),
      attempt(() => operation.run(real)),
    ]);
    const what = judge(ours, theirs);
    note(what, operation.spec, ours, theirs, given);
    if (kind !== 'update' && kind !== 'modify') continue;
    // How far an update of many came before it failed depends on the order in which it read.
    if ('code' in ours && operation.multi) {
      await reset(given);
      continue;
    }
    const [left, right] = await Promise.all([contentOf(own), contentOf(real)]);
    const inserted = right.length > given.length;
    const after = judge(
      { result: inserted ? byName(left) : left },
      { result: inserted ? byName(right) : right },
    );
    if (after === 'different' && what !== 'refused')
      note('different', operation.spec, { result: left }, { result: right }, given);
    if (what !== 'refused' && after !== 'different') {
      given = right;
      if (inserted) await reset(given);
    } else await reset(given);
  }
}

const contentOf = (db: Db): Promise<Document[]> =>
  db
    .collection('main')
    .find({}, { ...EXACT, sort: { _id: 1 } })
    .toArray();

async function attempt(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    return { result: await run() };
  } catch (error) {
    // A lost connection is no answer.
    if (error instanceof MongoNetworkError || error instanceof MongoServerSelectionError) throw error;
    const { code, message } = error as { code?: unknown; message: string };
    return { code: Number(code), message };
  }
}

const isNothing = (result: unknown): boolean =>
  Array.isArray(result) && (result.length === 0 || Number((result[0] as Document).n) === 0);

function judge(ours: Outcome, theirs: Outcome): Verdict {
  if ('code' in ours) {
    if (ours.message.includes('set MONGODB_URI')) return 'refused';
    if (!('code' in theirs)) return 'different';
    return ours.code === theirs.code ? 'sameError' : 'otherCode';
  }
  // Constant parts of a pipeline that always fail are noticed there before anything is read.
  if ('code' in theirs)
    return isNothing(ours.result) && theirs.message.includes('Failed to optimize') ? 'early' : 'different';
  return text(ours.result) === text(theirs.result) ? 'same' : 'different';
}

interface Operation {
  spec: unknown;
  multi?: boolean;
  run: (db: Db) => Promise<unknown>;
}

const byText = (items: Document[]): Document[] =>
  items
    .map((item) => [text(item), item] as const)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, item]) => item);

function makeOperation(kind: Kind, chance: Chance): Operation {
  if (kind === 'find') return findOperation(chance);
  if (kind === 'update') return updateOperation(chance);
  if (kind === 'modify') return modifyOperation(chance);
  if (kind === 'aggregate') {
    const { stages } = pipeline(chance);
    return {
      spec: stages,
      run: async (db) => byText(await db.collection('main').aggregate(stages, EXACT).toArray()),
    };
  }
  const stages = [{ $project: { r: expression(chance, 3) } }];
  return {
    spec: stages,
    run: async (db) => byText(await db.collection('main').aggregate(stages, EXACT).toArray()),
  };
}

const byName = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(byName);
  if (Object.prototype.toString.call(value) !== '[object Object]' || '_bsontype' in (value as object))
    return value;
  return Object.fromEntries(
    Object.entries(value as object)
      .map(([name, inner]) => [name, byName(inner)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
};

function findOperation(chance: Chance): Operation {
  const spec = {
    filter: filter(chance),
    sort: sort(chance),
    projection: projection(chance),
    skip: chance.happens(0.1) ? 2 : 0,
    limit: chance.happens(0.2) ? 3 : 0,
  };
  return {
    spec,
    run: (db) =>
      db
        .collection('main')
        .find(spec.filter, {
          ...EXACT,
          projection: spec.projection,
          sort: spec.sort,
          skip: spec.skip,
          limit: spec.limit,
        })
        .toArray(),
  };
}

/** findAndModify; its sort leaves no ties, so that the document it picks is defined. */
function modifyOperation(chance: Chance): Operation {
  const { q, u, upsert, arrayFilters } = update(chance);
  const remove = chance.happens(0.15);
  const given = projection(chance);
  const fields = 'a.$' in given ? {} : given;
  const changes = {
    update: u,
    upsert,
    new: chance.happens(0.5),
    ...(arrayFilters ? { arrayFilters } : {}),
  };
  const spec = { query: q, sort: sort(chance), fields, ...(remove ? { remove } : changes) };
  return {
    spec,
    run: async (db) => {
      const reply = await db.command({ findAndModify: 'main', ...spec }, EXACT);
      const { n, updatedExisting, upserted } = reply.lastErrorObject as Document;
      const value =
        upserted instanceof ObjectId ? 'inserted' : upserted ? byName(reply.value) : (reply.value as unknown);
      if (upserted) await db.collection('main').deleteMany({ _id: { $type: 'objectId' } as never });
      return [{ value, n: n as unknown, updatedExisting: updatedExisting as unknown }];
    },
  };
}

function updateOperation(chance: Chance): Operation {
  const spec = update(chance);
  return {
    spec,
    multi: spec.multi,
    run: async (db) => {
      const reply = await db.command({ update: 'main', updates: [spec] }, EXACT);
      const failure = (reply.writeErrors as Document[] | undefined)?.[0];
      if (failure) throw Object.assign(new Error(String(failure.errmsg)), { code: Number(failure.code) });
      const upserted = (reply.upserted as Document[] | undefined)?.length ?? 0;
      // The new _id differs on both sides, so that the rest of the document is compared here. The server orders what
      // it infers from the filter by a hash.
      const made = await db
        .collection('main')
        .find({ _id: { $type: 'objectId' } as never }, { ...EXACT, projection: { _id: 0 } })
        .toArray();
      if (upserted) await db.collection('main').deleteMany({ _id: { $type: 'objectId' } as never });
      return [
        { n: reply.n as unknown, nModified: reply.nModified as unknown, upserted, made: made.map(byName) },
      ];
    },
  };
}

await main();
