import { createHash } from 'node:crypto';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

const WINDOW_SECONDS = 15 * 60;
/**
 * An address gets more tries than one person at it: a whole office may sit behind one. Wrong passwords of a stranger
 * lock a username at the stranger's address only; the ceiling over all addresses is for many machines that guess.
 */
const MOST_TRIES = { ip: 20, userAtIp: 5, user: 100 } as const;

/** A try that has been counted before its password is looked at, so that parallel tries are counted too. */
export interface CountedTry {
  /** The password was right: the person starts afresh at this address, the other counts get their try back. */
  forgive(): Promise<void>;
}

/**
 * Counts one try for the address, for the username at this address, and for the username; a refused try counts no
 * further.
 * @throws DomainError too-many-attempts with the `seconds`, and the `minutes`, until the window ends
 */
export async function countSignInTry(
  ctx: ServiceContext,
  { username, address, now }: { username: string; address: string; now: Date },
): Promise<CountedTry> {
  const ip = keyOf('ip', address);
  const userAtIp = keyOf('user-at-ip', `${address} ${username}`);
  const user = keyOf('user', username);
  await count(ctx, ip, MOST_TRIES.ip, now);
  await count(ctx, userAtIp, MOST_TRIES.userAtIp, now);
  await count(ctx, user, MOST_TRIES.user, now);
  return {
    forgive: async () => {
      await ctx.models.signInAttempts.deleteOne({ _id: userAtIp });
      await ctx.models.signInAttempts.updateMany(
        { _id: { $in: [ip, user] }, failures: { $gt: 0 } },
        { $inc: { failures: -1 } },
      );
    },
  };
}

async function count(ctx: ServiceContext, key: string, most: number, now: Date): Promise<void> {
  const { signInAttempts } = ctx.models;
  // The database deletes old windows only once a minute; one that ended must not count until then.
  await signInAttempts.deleteOne({ _id: key, expiresAt: { $lte: now } });
  const attempt = await signInAttempts
    .findOneAndUpdate(
      { _id: key },
      {
        $inc: { failures: 1 },
        $setOnInsert: { expiresAt: new Date(now.getTime() + WINDOW_SECONDS * 1000) },
      },
      { upsert: true, returnDocument: 'after' },
    )
    .lean();
  if (attempt.failures > most) {
    const seconds = Math.ceil((attempt.expiresAt.getTime() - now.getTime()) / 1000);
    throw new DomainError('too-many-attempts', { seconds, minutes: Math.ceil(seconds / 60) });
  }
}

function keyOf(kind: string, value: string): string {
  return createHash('sha256').update(`${kind}:${value}`).digest('hex');
}
