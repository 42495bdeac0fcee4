import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { Collection, MongoClient } from 'mongodb';
import type * as embeddedModule from '../../../src/embedded-mongo/index.js';
import { cpuMilliseconds } from '../cold/measure-start.js';
import { built } from '../harness/built.js';
import type { Figures } from '../harness/figures.js';
import { calibrate, watchOthers } from '../harness/noise.js';
import { connect, entry, type Entry, fill } from './entries.js';

const DOCUMENTS = 20_000;
const PAGE = 20;
const WARM_UP_MS = 400;
const MEASURED_MS = 1000;

/** Gives whether the answer was right; `i` is a number that no other call gets. */
type Work = (entries: Collection<Entry>, i: number) => Promise<boolean>;

const keyOf = (i: number): string => `key-${(i * 7919) % DOCUMENTS}`;

export const WORKS: Readonly<Record<string, Work>> = {
  inserts: async (entries, i) => (await entries.insertOne(entry(1_000_000 + i))).acknowledged,
  'indexed finds': async (entries, i) => (await entries.findOne({ key: keyOf(i) }))?.key === keyOf(i),
  findOneAndUpdate: async (entries, i) =>
    (await entries.findOneAndUpdate({ key: keyOf(i) }, { $inc: { n: 1 } }))?.key === keyOf(i),
  'sorted pages': async (entries, i) => {
    const after = { group: i % 50, n: { $gt: (i * 31) % (DOCUMENTS / 2) } };
    return (await entries.find(after, { sort: { n: 1 }, limit: PAGE }).toArray()).length === PAGE;
  },
};

export const CLIENTS = [1, 50];

/**
 * Operations per second, and microseconds of CPU per operation of this process and of the server's, of every kind of
 * work with 1 and with 50 clients. `own` starts the embedded store; `real` goes to REAL_MONGODB_URI.
 */
export async function measureWorks(arm: string): Promise<Figures> {
  if (arm === 'real') return measure(process.env.REAL_MONGODB_URI ?? '');
  const { startEmbeddedServer } = await built<typeof embeddedModule>('embedded-mongo/index.js');
  const folder = await mkdtemp(join(tmpdir(), 'dering-bench-store-'));
  const server = await startEmbeddedServer({ folder });
  try {
    return await measure(server.uri);
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(uri: string): Promise<Figures> {
  const client = await connect(uri);
  const database = client.db(`bench-${process.pid}`);
  const entries = database.collection<Entry>('entries');
  const pid = await processOf(client);
  try {
    await fill(entries, DOCUMENTS);
    const figures: Record<string, number> = { calibration: calibrate() };
    const [others, serverBefore, start] = [watchOthers(), cpuMilliseconds(pid), performance.now()];
    const next = { i: 0 };
    for (const [name, work] of Object.entries(WORKS)) {
      for (const clients of CLIENTS) {
        await run(entries, work, clients, next, WARM_UP_MS);
        const { rate, own, server } = await timed(entries, work, clients, next, pid);
        Object.assign(figures, {
          [`${name} ${clients} rate`]: rate,
          [`${name} ${clients} own`]: own,
          [`${name} ${clients} server`]: server,
        });
      }
    }
    const servers = (cpuMilliseconds(pid) - serverBefore) / (performance.now() - start);
    return { ...figures, others: Math.max(0, others() - servers) };
  } finally {
    await database.dropDatabase();
    await client.close();
  }
}

async function processOf(client: MongoClient): Promise<number> {
  const { pid } = await client.db('admin').command({ serverStatus: 1 }, { promoteLongs: true });
  return Number(pid);
}

async function timed(
  entries: Collection<Entry>,
  work: Work,
  clients: number,
  next: { i: number },
  pid: number,
): Promise<{ rate: number; own: number; server: number }> {
  const [cpu, serverBefore, start] = [process.cpuUsage(), cpuMilliseconds(pid), performance.now()];
  const done = await run(entries, work, clients, next, MEASURED_MS);
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    rate: done / seconds,
    own: (user + system) / done,
    server: ((cpuMilliseconds(pid) - serverBefore) * 1000) / done,
  };
}

async function run(
  entries: Collection<Entry>,
  work: Work,
  clients: number,
  next: { i: number },
  milliseconds: number,
): Promise<number> {
  const end = performance.now() + milliseconds;
  let done = 0;
  const loop = async (): Promise<void> => {
    while (performance.now() < end) {
      next.i += 1;
      if (!(await work(entries, next.i))) throw new Error('wrong answer');
      done += 1;
    }
  };
  await Promise.all(Array.from({ length: clients }, loop));
  return done;
}
