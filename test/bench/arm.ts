import type { Figures } from './harness/figures.js';

/** Measures one arm in this process, which was started for it, and reports to the parent. */
export async function runArm(section: string, arm: string): Promise<void> {
  const figures = await measure(section, arm);
  await new Promise<void>((resolve, reject) => {
    process.send?.(figures, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });
  process.disconnect();
}

/** Each arm loads nothing but what it measures. */
async function measure(section: string, arm: string): Promise<Figures> {
  const storeUri = process.env.BENCH_STORE_URI ?? '';
  switch (section) {
    case 'turn':
      return (await import('./turn/measure-turn.js')).measureTurn(arm);
    case 'durable':
      return (await import('./durable/measure-durable.js')).measureDurable(arm, storeUri);
    case 'count':
      return (await import('./durable/measure-counts.js')).measureCounts(storeUri);
    case 'heap':
      return (await import('./memory/measure-heap.js')).measureHeap(arm);
    case 'resident':
      return (await import('./memory/measure-resident.js')).measureResident(storeUri);
    case 'store':
      return (await import('./store/measure-works.js')).measureWorks(arm);
    case 'store-large':
      return (await import('./store/measure-large.js')).measureLarge(arm);
    case 'sessions':
      return (await import('./sessions/measure-sessions.js')).measureSessions(arm, storeUri);
    default:
      throw new Error(`no section named ${section}`);
  }
}
