import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureArm } from '../harness/child.js';
import { spread } from '../harness/figures.js';
import { heading, judge, noiseLine, print, table } from '../harness/report.js';
import { figure, ratios, type Rounds, runRounds } from '../harness/rounds.js';
import { LARGE } from './measure-large.js';
import { CLIENTS, WORKS } from './measure-works.js';

const KINDS = Object.keys(WORKS).flatMap((work) => CLIENTS.map((clients) => `${work} ${clients}`));

/** The embedded store by itself and, where REAL_MONGODB_URI is set, beside that server in the same rounds. */
export async function storeSection(): Promise<void> {
  const arms = process.env.REAL_MONGODB_URI ? ['embedded', 'real'] : ['embedded'];
  heading('store: 20,000 documents of 1 KB, writes to the journal, 1 and 50 clients');
  const rounds = await runRounds({ section: 'store', arms, redoSeconds: 0 });
  table([
    ['work and clients', ...arms.flatMap((arm) => [`${arm}/s`, 'client CPU us', 'server CPU us'])],
    ...KINDS.map((kind) => [
      kind,
      ...arms.flatMap((arm) =>
        ['rate', 'own', 'server'].map((name) => spread(figure(rounds, arm, `${kind} ${name}`))),
      ),
    ]),
  ]);
  print('  CPU is microseconds per operation, of the process that asks and of the one that answers.');
  noiseLine(rounds, arms);
  print();
  if (arms.length > 1) judgeWorks(rounds);
  await largeStore();
}

function judgeWorks(rounds: Rounds): void {
  for (const kind of KINDS)
    judge({
      what: `${kind}: operations/s / real`,
      values: ratios(rounds, 'embedded', 'real', `${kind} rate`),
      atLeast: 1,
    });
  for (const kind of KINDS)
    print(`  ${kind}: server CPU / real ${spread(ratios(rounds, 'embedded', 'real', `${kind} server`))}`);
}

async function largeStore(): Promise<void> {
  heading(`store: started with ${LARGE} documents of 1 KB, then a scan of all of them`);
  const folder = await mkdtemp(join(tmpdir(), 'dering-bench-store-'));
  const environment = { BENCH_STORE_FOLDER: folder };
  try {
    await measureArm('store-large', 'fill', environment);
    const rounds = await runRounds({ section: 'store-large', arms: ['large'], environment, redoSeconds: 0 });
    const of = (name: string): number[] => figure(rounds, 'large', name);
    print(
      `  the scan took ${spread(of('scan'))} ms; an indexed find meanwhile ${spread(of('p50'))} ms (median)`,
    );
    noiseLine(rounds, ['large']);
    print();
    judge({ what: 'start until the first answer, ms', values: of('start'), atMost: 300 });
    judge({ what: 'resident after the start, MB', values: of('resident'), atMost: 150 });
    judge({ what: 'longest stall of the asking process, ms', values: of('stall'), atMost: 15 });
    judge({ what: 'an indexed find meanwhile, p99, ms', values: of('p99'), atMost: 15 });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
