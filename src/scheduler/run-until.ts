import type { VirtualClock } from '../shared/clock.js';
import type { Job, JobContext } from './job.js';

/** More runs than this without the clock moving mean that a job finds work it never does. */
const MAX_RUNS_AT_ONCE = 1_000;

/**
 * Moves a virtual clock to `until`, running on the way every job at the moment its work falls due: the same jobs as in
 * production, without waiting.
 * @throws Error naming a job whose work is never done
 */
export async function runUntil(
  jobs: readonly Job[],
  context: JobContext,
  clock: VirtualClock,
  until: Date,
): Promise<void> {
  let runs = 0;
  for (;;) {
    await context.engine.queue.idle();
    const next = await earliest(jobs, context);
    if (!next || next.due > until) break;
    if (next.due > clock.now()) {
      clock.moveTo(next.due);
      runs = 0;
    }
    runs += 1;
    if (runs > MAX_RUNS_AT_ONCE) throw new Error(`job ${next.job.name} leaves its work undone`);
    await next.job.run(context, clock.now());
  }
  if (until > clock.now()) clock.moveTo(until);
}

async function earliest(
  jobs: readonly Job[],
  context: JobContext,
): Promise<{ job: Job; due: Date } | undefined> {
  let found: { job: Job; due: Date } | undefined;
  for (const job of jobs) {
    const due = await job.nextDue(context);
    if (due && (!found || due < found.due)) found = { job, due };
  }
  return found;
}
