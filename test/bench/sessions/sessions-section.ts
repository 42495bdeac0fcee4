import { onEachStore } from '../harness/bench-stores.js';
import { spread } from '../harness/figures.js';
import { heading, judge, noiseLine, print, table } from '../harness/report.js';
import { figure, runRounds } from '../harness/rounds.js';

const WINDOWS = ['month', 'year'];

/** Goal 9: a user's search for free sessions costs no more than reading the bookings that fill them. */
export async function sessionsSection(): Promise<void> {
  await onEachStore(async (store) => {
    heading(`sessions: a year of visits booked, one session left, on the ${store.name}`);
    const environment = { BENCH_STORE_URI: store.uri };
    const rounds = await runRounds({ section: 'sessions', arms: WINDOWS, environment, redoSeconds: 0 });
    const values = (window: string, name: string): number[] => figure(rounds, window, name);
    table([
      ['window', 'p50 us', 'p99 us', 'CPU us'],
      ...WINDOWS.flatMap((window) =>
        ['search', 'read'].map((what) => [
          `${window}, ${what}`,
          ...['p50', 'p99', 'cpu'].map((name) => spread(values(window, `${what} ${name}`))),
        ]),
      ),
    ]);
    noiseLine(rounds, WINDOWS);
    print();
    for (const window of WINDOWS) {
      const reads = values(window, 'read p50');
      judge({
        what: `goal 9: ${window}, search / one indexed read of the same bookings`,
        values: values(window, 'search p50').map((search, round) => search / (reads[round] ?? NaN)),
        atMost: 1,
      });
    }
  });
}
