import type { ServiceContext } from '../service-context.js';

/** A message that waits longer than this for its turn means that turns stand still. */
const LONGEST_WAIT_SECONDS = 120;

export interface Readiness {
  ready: boolean;
  database: 'up' | 'down';
  /** Age of the oldest message that no turn has taken in; 0 when none waits. */
  oldestPendingSeconds: number;
}

/** Whether the product can do its work now: the database answers and messages are being taken in. */
export async function checkReadiness(ctx: ServiceContext, { now }: { now: Date }): Promise<Readiness> {
  try {
    await ctx.models.connection.db?.command({ ping: 1 });
    const oldest = await ctx.models.messages
      .findOne({ pending: true }, { receivedAt: 1 })
      .sort({ _id: 1 })
      .lean();
    const waited = oldest ? (now.getTime() - oldest.receivedAt.getTime()) / 1000 : 0;
    const oldestPendingSeconds = Math.max(0, waited);
    return { ready: oldestPendingSeconds <= LONGEST_WAIT_SECONDS, database: 'up', oldestPendingSeconds };
  } catch (error) {
    ctx.log.warn({ err: error }, 'the database does not answer');
    return { ready: false, database: 'down', oldestPendingSeconds: 0 };
  }
}
