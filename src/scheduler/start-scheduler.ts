import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import type { JobContext } from './job.js';
import { JOBS } from './jobs/index.js';

/** How often agenda looks for work; the shortest interval of a job. */
const POLL = '5 seconds';

/** A job that holds its lock longer than this is taken for dead and started again. */
const LOCK_MILLISECONDS = 120_000;

/** Milliseconds that running jobs get to finish when the process stops. */
const DRAIN_MILLISECONDS = 10_000;

export interface Scheduler {
  stop(): Promise<void>;
}

/** Runs every job through agenda: over several processes each run happens in one of them. */
export async function startScheduler(context: JobContext): Promise<Scheduler> {
  const { log, models } = context.engine.services;
  const database = models.connection.getClient().db(models.connection.name);
  const backend = new MongoBackend({ mongo: database, collection: 'agendaJobs', ensureIndex: true });
  const agenda = new Agenda({
    backend,
    name: context.engine.owner,
    processEvery: POLL,
    defaultLockLifetime: LOCK_MILLISECONDS,
  });
  for (const job of JOBS) {
    agenda.define(job.name, async () => job.run(context, context.engine.clock.now()), { concurrency: 1 });
  }
  // Agenda tells of a failed run, and of a failed write about it, only by these events.
  agenda.on('fail', (error: unknown, failed: { attrs: { name: string } }) =>
    log.error({ err: error, job: failed.attrs.name }, 'job failed'),
  );
  agenda.on('error', (error: unknown) => log.error({ err: error }, 'scheduler failed'));
  await agenda.start();
  for (const job of JOBS) await agenda.every(`${job.every} seconds`, job.name);
  return {
    stop: async () => {
      await agenda.drain(DRAIN_MILLISECONDS);
    },
  };
}
