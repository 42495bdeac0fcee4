import { performance } from 'node:perf_hooks';
import { builtModules, createDurableEngine } from '../durable/durable-engine.js';
import { databaseUri } from '../durable/measure-durable.js';
import type { Figures } from '../harness/figures.js';
import { heapUsed } from './measure-heap.js';

const FEW = 1_000;
const MANY = 100_000;
const MOST_MS = 30_000;
const IN_FLIGHT = 16;

/** Memory of the process with the state in the database: after 1,000 open conversations, and after many more. */
export async function measureResident(storeUri: string): Promise<Figures> {
  const uri = databaseUri(storeUri, `bench-memory-${process.pid}`);
  const engine = await createDurableEngine(uri, await builtModules());
  let opened = 0;
  const openUntil = async (count: number): Promise<void> => {
    const end = performance.now() + MOST_MS;
    const lane = async (): Promise<void> => {
      while (opened < count && performance.now() < end) {
        const conversation = (opened += 1);
        await engine.turn(conversation, `m${conversation}`, 'halo');
      }
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
  };
  try {
    await openUntil(FEW);
    const few = { opened, heap: heapUsed(), resident: process.memoryUsage.rss() };
    await openUntil(MANY);
    const many = { opened, heap: heapUsed(), resident: process.memoryUsage.rss() };
    return {
      few: few.opened,
      many: many.opened,
      fewMegabytes: few.resident / 1e6,
      manyMegabytes: many.resident / 1e6,
      perConversation: (many.heap - few.heap) / (many.opened - few.opened),
    };
  } finally {
    await engine.close();
  }
}
