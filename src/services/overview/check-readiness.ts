import type { ChannelName } from '../../shared/channel-name.js';
import type { ServiceContext } from '../service-context.js';

/** A message that waits longer than this for its turn means that turns stand still. */
const LONGEST_WAIT_SECONDS = 120;

export interface Readiness {
  ready: boolean;
  database: 'up' | 'down';
  /** Age of the oldest message that no turn has taken in; 0 when none waits. */
  oldestPendingSeconds: number;
}

/**
 * Whether the product can do its work now: the database answers and messages are being taken in.
 * @param channels those that run here; what waits for another one is not held up by us.
 */
export async function checkReadiness(
  ctx: ServiceContext,
  { now, channels }: { now: Date; channels: Iterable<ChannelName> },
): Promise<Readiness> {
  try {
    await ctx.models.connection.db?.command({ ping: 1 });
    const oldest = await ctx.models.messages
      .findOne({ pending: true, channel: { $in: [...channels] } }, { receivedAt: 1 })
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
