import { onEachStore } from '../harness/bench-stores.js';
import { measureArm } from '../harness/child.js';
import { round, type Figures } from '../harness/figures.js';
import { heading, judge, print, table } from '../harness/report.js';

/** Botbuilder takes too long for the large number; what it keeps per conversation hardly changes. */
const HEAPS = ['floor-json', 'dering', 'telegraf', 'botbuilder'].map((stack) => ({
  stack,
  counts: stack === 'botbuilder' ? [10_000] : [10_000, 100_000],
}));

const CONVERSATIONS_OF_GOAL = 100_000;

/** Goal 7: memory per open conversation. Heap after a forced collection hardly varies, so one run each is enough. */
export async function memorySection(): Promise<void> {
  heading('memory: heap per open conversation, five answers given, store in memory');
  const heap = new Map<string, Figures>();
  for (const { stack, counts } of HEAPS) {
    for (const count of counts) heap.set(`${stack}:${count}`, await measureArm('heap', `${stack}:${count}`));
  }
  const bytes = (key: string): number => heap.get(key)?.perConversation ?? NaN;
  table([
    ['stack', 'bytes, 10k open', 'bytes, 100k open', 'RSS MB'],
    ...HEAPS.map(({ stack, counts }) => [
      stack,
      round(bytes(`${stack}:10000`)),
      round(bytes(`${stack}:100000`)),
      round(heap.get(`${stack}:${counts.at(-1) ?? 0}`)?.residentMegabytes ?? NaN),
    ]),
  ]);
  print();
  const [floor, dering] = [bytes('floor-json:100000'), bytes('dering:100000')];
  judge({ what: 'goal 7: heap / floor-json at 100k', values: [dering / floor], atMost: 3 });
  judge({
    what: 'goal 7: heap / botbuilder at 10k',
    values: [bytes('dering:10000') / bytes('botbuilder:10000')],
    atMost: 1,
  });
  await onEachStore(({ name, uri }) => residentPart(name, uri));
}

async function residentPart(name: string, uri: string): Promise<void> {
  const {
    few = NaN,
    many = NaN,
    fewMegabytes = NaN,
    manyMegabytes = NaN,
    perConversation = NaN,
  } = await measureArm('resident', 'dering', { BENCH_STORE_URI: uri });
  heading(`memory: the process with its state on the ${name}`);
  print(`  RSS ${round(fewMegabytes)} MB with ${few} open, ${round(manyMegabytes)} MB with ${many} open`);
  print(`  heap for each further conversation: ${round(perConversation)} bytes`);
  judge({
    what: `goal 7: RSS growth to ${many} open, MB`,
    values: [manyMegabytes - fewMegabytes],
    atMost: 32,
  });
  judge({
    what: 'goal 7: heap growth reckoned to 100,000 open, MB',
    values: [(perConversation * (CONVERSATIONS_OF_GOAL - few)) / 1e6],
    atMost: 32,
  });
}
