import { onEachStore, type BenchStore } from '../harness/bench-stores.js';
import { measureArm } from '../harness/child.js';
import { spread } from '../harness/figures.js';
import { heading, judge, noiseLine, print, table } from '../harness/report.js';
import { figure, ratios, runRounds, type Rounds } from '../harness/rounds.js';

const ARMS = ['same-commands', 'least-commands', 'telegraf', 'botbuilder', 'dering'];

/** Goal 4: a turn with its state, both messages and the delivery kept in the database. */
export async function durableSection(): Promise<void> {
  await onEachStore(async (store) => {
    heading(`durable: receive, turn and delivery on the ${store.name}, writes to majority and journal`);
    await printCounts(store);
    const rounds = await runRounds({
      section: 'durable',
      arms: ARMS,
      environment: { BENCH_STORE_URI: store.uri },
      redoSeconds: 0,
    });
    printTable(rounds);
    judgeRounds(rounds);
  });
}

async function printCounts({ uri }: BenchStore): Promise<void> {
  const counts = await measureArm('count', 'dering', { BENCH_STORE_URI: uri });
  const { turn = NaN, delivery = NaN, first = NaN } = counts;
  print(`  commands per turn, counted: ${turn} from receiving to committing, ${delivery} for the delivery`);
  print(`  the first message from an address takes ${first} from receiving to committing`);
  judge({ what: 'goal 4: commands from receiving to committing', values: [turn], atMost: 3 });
}

function printTable(rounds: Rounds): void {
  table([
    ['arm', 'turns/s (8)', 'CPU us/turn (8)', 'p50 us (1)', 'p99 us (1)', 'CPU / same commands'],
    ...ARMS.map((arm) => [
      arm,
      spread(figure(rounds, arm, 'perSecond')),
      spread(figure(rounds, arm, 'cpu')),
      spread(figure(rounds, arm, 'p50')),
      spread(figure(rounds, arm, 'p99')),
      spread(ratios(rounds, arm, 'same-commands', 'cpu')),
    ]),
  ]);
  print('  in brackets: turns in flight. CPU is that of the client; the store has a process of its own.');
  noiseLine(rounds, ARMS);
  print();
}

function judgeRounds(rounds: Rounds): void {
  const to = (base: string, name: string): number[] => ratios(rounds, 'dering', base, name);
  judge({ what: 'goal 4: CPU / the same commands bare', values: to('same-commands', 'cpu'), atMost: 1.3 });
  judge({
    what: 'goal 4: turns/s / the same commands bare',
    values: to('same-commands', 'perSecond'),
    atLeast: 0.75,
  });
  judge({
    what: 'goal 4: turns/s / least commands bare',
    values: to('least-commands', 'perSecond'),
    atLeast: 0.75,
  });
  judge({ what: 'goal 4: turns/s / telegraf', values: to('telegraf', 'perSecond'), atLeast: 1 });
  judge({ what: 'goal 4: turns/s / botbuilder', values: to('botbuilder', 'perSecond'), atLeast: 2 });
}
