import { heading, judge, noiseLine, print, table } from '../harness/report.js';
import { figure, ratios, runRounds } from '../harness/rounds.js';
import { spread } from '../harness/figures.js';

const ARMS = ['floor-pipe', 'telegraf', 'botbuilder', 'dering', 'dering-consultation'];

/** Goal 1: a turn in process, without network and database. */
export async function turnSection(): Promise<void> {
  heading('turn: ten-turn intake in process, 1,000 conversations open, one turn at a time');
  const rounds = await runRounds({ section: 'turn', arms: ARMS, redoSeconds: 40 });
  table([
    ['stack', 'turns/s', 'CPU us/turn', 'p50 us', 'p99 us', 'CPU / floor-pipe'],
    ...ARMS.map((arm) => [
      arm,
      spread(figure(rounds, arm, 'perSecond')),
      spread(figure(rounds, arm, 'cpu')),
      spread(figure(rounds, arm, 'p50')),
      spread(figure(rounds, arm, 'p99')),
      spread(ratios(rounds, arm, 'floor-pipe', 'cpu')),
    ]),
  ]);
  noiseLine(rounds, ARMS);
  print();
  const cpu = (base: string): number[] => ratios(rounds, 'dering', base, 'cpu');
  judge({ what: 'goal 1: CPU / floor-pipe', values: cpu('floor-pipe'), atMost: 5 });
  judge({ what: 'goal 1: CPU / telegraf', values: cpu('telegraf'), atMost: 2 });
  judge({ what: 'goal 1: CPU / botbuilder', values: cpu('botbuilder'), atMost: 1 / 8 });
  const p50 = figure(rounds, 'dering', 'p50');
  const tail = figure(rounds, 'dering', 'p99').map((p99, round) => p99 / (p50[round] ?? NaN));
  judge({ what: 'goal 1: p99 / p50', values: tail, atMost: 3 });
}
