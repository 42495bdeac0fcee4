import type { Config } from '../../shared/config.js';
import { Recording } from '../simulation/recording.js';
import { createSimulation } from '../simulation/simulation.js';
import { demoBookings } from './demo-bookings.js';
import { addDemoStaff } from './demo-staff.js';
import { demoScript } from './demo-script.js';

/** Where the first of the demo's stories begins, at the latest. */
const DAYS_BACK = 30;

/** Plays the demo's conversations into an empty data folder, on a virtual clock that ends now. */
export async function fillDemo(config: Config, publicUrl: string, now: Date): Promise<void> {
  const start = new Date(now.getTime() - DAYS_BACK * 86_400_000);
  const simulation = await createSimulation({
    config,
    start,
    publicUrl,
    record: (clock) => new Recording(clock, () => undefined),
  });
  const { services } = simulation.core;
  try {
    await addDemoStaff(services, start);
    const { calendar } = services.reference;
    const lines = demoScript(calendar, now).map((line, number) => ({
      ...{ at: line.at, run: () => simulation.play(line, number) },
    }));
    const events = [...lines, ...demoBookings(simulation, calendar, now)];
    for (const { run } of events.sort((a, b) => a.at.getTime() - b.at.getTime())) await run();
    await simulation.waitUntil(now);
  } finally {
    await simulation.core.close();
  }
}
