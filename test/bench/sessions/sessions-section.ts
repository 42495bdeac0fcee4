import { onEachStore } from '../harness/bench-stores.js';
import { spread } from '../harness/figures.js';
import { heading, judge, noiseLine, print, table } from '../harness/report.js';
import { figure, ratios, runRounds } from '../harness/rounds.js';

const ARMS = ['month-search', 'month-read', 'year-search', 'year-read'];

/** Goal 9: a user's search for free sessions costs no more than reading the bookings that fill them. */
export async function sessionsSection(): Promise<void> {
  await onEachStore(async (store) => {
    heading(`sessions: a year of visits booked, one session left, on the ${store.name}`);
    const environment = { BENCH_STORE_URI: store.uri };
    const rounds = await runRounds({ section: 'sessions', arms: ARMS, environment, redoSeconds: 0 });
    table([
      ['arm', 'p50 us', 'p99 us', 'CPU us'],
      ...ARMS.map((arm) => [arm, ...['p50', 'p99', 'cpu'].map((name) => spread(figure(rounds, arm, name)))]),
    ]);
    noiseLine(rounds, ARMS);
    print();
    for (const window of ['month', 'year']) {
      judge({
        what: `goal 9: ${window}, search / one indexed read of the same bookings`,
        values: ratios(rounds, `${window}-search`, `${window}-read`, 'p50'),
        atMost: 1,
      });
    }
  });
}
