import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { type Collection, MongoClient } from 'mongodb';
import type { startEmbeddedServer } from '../../src/embedded-mongo/index.js';

const SECONDS = 1.5;
const DOCUMENTS = 20_000;
const LARGE = 100_000;
const PAD = 'x'.repeat(900);

interface Entry {
  _id: number;
  key: string;
  group: number;
  n: number;
  pad: string;
}

type Work = (entries: Collection<Entry>, i: number) => Promise<unknown>;

const entry = (i: number): Entry => ({ _id: i, key: `key-${i}`, group: i % 50, n: i, pad: PAD });

/** The four kinds of work; each gets numbers that no other client gets. */
const WORKS: Readonly<Record<string, Work>> = {
  inserts: (entries, i) => entries.insertOne(entry(1_000_000 + i)),
  'indexed finds': (entries, i) => entries.findOne({ key: `key-${(i * 7919) % DOCUMENTS}` }),
  findOneAndUpdate: (entries, i) =>
    entries.findOneAndUpdate({ key: `key-${(i * 7919) % DOCUMENTS}` }, { $inc: { n: 1 } }),
  'sorted pages': (entries, i) =>
    entries
      .find({ group: i % 50, n: { $gt: (i * 31) % DOCUMENTS } }, { sort: { n: 1 }, limit: 20 })
      .toArray(),
};

export interface StoreBench {
  /** The server to measure: from the sources or as compiled. */
  readonly start: typeof startEmbeddedServer;
  /** A MongoDB server to compare with, asked to journal its writes. */
  readonly realUri?: string | undefined;
  readonly print: (line: string) => void;
}

/** Rates with 1 and 50 clients with ratios to a real server, then start, memory and stalls with 100,000 documents. */
export async function benchStore({ start, realUri, print }: StoreBench): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'dering-bench-store-'));
  try {
    const server = await start({ folder: join(folder, 'rates'), database: 'bench' });
    const own = await rates(server.uri);
    await server.close();
    const real = realUri === undefined ? undefined : await rates(realUri);
    for (const [name, rate] of own) {
      const other = real?.get(name);
      print(
        `${name}: ${Math.round(rate)}/s${other === undefined ? '' : `, real ${Math.round(other)}/s, ratio ${(rate / other).toFixed(2)}`}`,
      );
    }
    await benchLarge(start, join(folder, 'large'), print);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function rates(uri: string): Promise<Map<string, number>> {
  const client = await MongoClient.connect(uri, { maxPoolSize: 50, writeConcern: { w: 1, journal: true } });
  const entries = client.db(`bench${process.pid}`).collection<Entry>('entries');
  await fill(entries, DOCUMENTS);
  const out = new Map<string, number>();
  const next = { i: 0 };
  for (const [name, work] of Object.entries(WORKS)) {
    for (const clients of [1, 50])
      out.set(
        `${name}, ${clients} client${clients > 1 ? 's' : ''}`,
        await rate(entries, work, clients, next),
      );
  }
  await client.db(`bench${process.pid}`).dropDatabase();
  await client.close();
  return out;
}

async function fill(entries: Collection<Entry>, count: number): Promise<void> {
  await entries.createIndex({ key: 1 }, { unique: true }, {});
  await entries.createIndex({ group: 1, n: 1 }, {}, {});
  for (let i = 0; i < count; i += 1000)
    await entries.insertMany(Array.from({ length: 1000 }, (_, k) => entry(i + k)));
}

async function rate(
  entries: Collection<Entry>,
  work: Work,
  clients: number,
  next: { i: number },
): Promise<number> {
  const begin = performance.now();
  const end = begin + SECONDS * 1000;
  let done = 0;
  const loop = async (): Promise<void> => {
    while (performance.now() < end) {
      next.i += 1;
      await work(entries, next.i);
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, loop));
  return done / ((performance.now() - begin) / 1000);
}

async function benchLarge(
  start: StoreBench['start'],
  folder: string,
  print: StoreBench['print'],
): Promise<void> {
  const first = await start({ folder, database: 'bench' });
  const filler = await MongoClient.connect(first.uri);
  await fill(filler.db().collection<Entry>('entries'), LARGE);
  await filler.close();
  await first.close();
  const begin = performance.now();
  const server = await start({ folder, database: 'bench' });
  const client = await MongoClient.connect(server.uri);
  const entries = client.db().collection<Entry>('entries');
  await entries.findOne({ key: 'key-5' });
  print(
    `start with ${LARGE} documents of 1 KB until the first answer: ${Math.round(performance.now() - begin)} ms; ${memoryOf(folder)} MB resident`,
  );
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const turns = await turnsDuring(entries, entries.countDocuments({ pad: { $regex: 'y' } }));
  delay.disable();
  print(
    `scan of ${LARGE} documents: main thread stalled at most ${(delay.max / 1e6).toFixed(1)} ms; ${turns}`,
  );
  await client.close();
  await server.close();
}

/** Latency of indexed finds while something long runs. */
async function turnsDuring(entries: Collection<Entry>, long: Promise<unknown>): Promise<string> {
  const state = { over: false };
  const begin = performance.now();
  const finished = long.then(() => (state.over = true));
  const times: number[] = [];
  while (!state.over) {
    const before = performance.now();
    await entries.findOne({ key: `key-${times.length}` });
    times.push(performance.now() - before);
  }
  await finished;
  times.sort((a, b) => a - b);
  const at = (part: number): string => (times[Math.floor((times.length - 1) * part)] ?? 0).toFixed(1);
  return `it took ${Math.round(performance.now() - begin)} ms, ${times.length} indexed finds meanwhile took ${at(0.5)} ms (median), ${at(1)} ms at most`;
}

/** Resident memory of the server process, which is named in the folder's lock; 0 where /proc is missing. */
function memoryOf(folder: string): number {
  try {
    const { pid } = JSON.parse(readFileSync(join(folder, 'LOCK'), 'utf8')) as { pid: number };
    const [, kilobytes = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
    return Math.round(Number(kilobytes) / 1024);
  } catch {
    return 0;
  }
}
