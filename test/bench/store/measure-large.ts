import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { Collection } from 'mongodb';
import type * as embeddedModule from '../../../src/embedded-mongo/index.js';
import { residentMegabytes } from '../cold/measure-start.js';
import { built } from '../harness/built.js';
import { type Figures, percentile } from '../harness/figures.js';
import { calibrate, watchOthers } from '../harness/noise.js';
import { connect, type Entry, fill } from './entries.js';

export const LARGE = 100_000;

/** `fill` fills the store of BENCH_STORE_FOLDER; `large` starts it, and looks what a scan of it holds up. */
export async function measureLarge(arm: string): Promise<Figures> {
  const { startEmbeddedServer } = await built<typeof embeddedModule>('embedded-mongo/index.js');
  const folder = process.env.BENCH_STORE_FOLDER ?? '';
  const calibration = calibrate();
  const others = watchOthers();
  const begin = performance.now();
  const server = await startEmbeddedServer({ folder });
  const client = await connect(server.uri);
  const entries = client.db().collection<Entry>('entries');
  try {
    if (arm === 'fill') {
      await fill(entries, LARGE);
      return {};
    }
    if ((await entries.findOne({ key: 'key-5' }))?.n !== 5) throw new Error('wrong answer');
    const start = performance.now() - begin;
    const { pid } = await client.db('admin').command({ serverStatus: 1 });
    const resident = residentMegabytes(Number(pid));
    return { start, resident, ...(await scan(entries)), others: others(), calibration };
  } finally {
    await client.close();
    await server.close();
  }
}

/** Milliseconds: the scan, the longest stall of this process's event loop, and how long indexed finds took meanwhile. */
async function scan(entries: Collection<Entry>): Promise<Figures> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const times: number[] = [];
  const state = { over: false };
  const begin = performance.now();
  delay.enable();
  const long = entries.countDocuments({ pad: { $regex: 'y' } }).then((found) => {
    state.over = true;
    if (found !== 0) throw new Error('wrong answer');
  });
  while (!state.over) {
    const before = performance.now();
    await entries.findOne({ key: `key-${times.length}` });
    times.push(performance.now() - before);
  }
  await long;
  delay.disable();
  return {
    scan: performance.now() - begin,
    stall: delay.max / 1e6,
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}
