import type { VirtualClock } from '../shared/clock.js';
import type { Job, JobContext } from './job.js';

/** More runs than this without the clock moving mean that a job finds work it never does. */
const MAX_RUNS_AT_ONCE = 1_000;

/**
 * Moves a virtual clock to `until`, running on the way every job at the moment its work falls due: the same jobs as in
 * production, without waiting. Work that a run could not do (a lease of a dead process, say) waits for the job's next run.
 * @throws Error naming a job that always finds more to do at the same moment
 */
export async function runUntil(
  jobs: readonly Job[],
  context: JobContext,
  clock: VirtualClock,
  until: Date,
): Promise<void> {
  const tried = new Map<Job, { due: Date; again: Date }>();
  let runs = 0;
  for (;;) {
    await context.engine.queue.idle();
    const next = await earliest(jobs, context, tried);
    if (!next || next.due > until) break;
    if (next.due > clock.now()) {
      clock.moveTo(next.due);
      runs = 0;
    }
    runs += 1;
    if (runs > MAX_RUNS_AT_ONCE) throw new Error(`job ${next.job.name} leaves its work undone`);
    await next.job.run(context, clock.now());
    tried.set(next.job, { due: next.wanted, again: after(clock.now(), next.job.every) });
  }
  if (until > clock.now()) clock.moveTo(until);
}

/** The job that comes next; one that finds the very work it was just run for comes again after its interval. */
async function earliest(
  jobs: readonly Job[],
  context: JobContext,
  tried: ReadonlyMap<Job, { due: Date; again: Date }>,
): Promise<{ job: Job; due: Date; wanted: Date } | undefined> {
  let found: { job: Job; due: Date; wanted: Date } | undefined;
  for (const job of jobs) {
    const wanted = await job.nextDue(context);
    if (!wanted) continue;
    const before = tried.get(job);
    const due = before?.due.getTime() === wanted.getTime() ? before.again : wanted;
    if (!found || due < found.due) found = { job, due, wanted };
  }
  return found;
}

function after(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
