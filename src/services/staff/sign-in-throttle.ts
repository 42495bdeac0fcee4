import { createHash } from 'node:crypto';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

const WINDOW_SECONDS = 15 * 60;
/** A whole office may sit behind one address, so an address gets more tries than a username. */
const MOST_TRIES = { user: 5, ip: 20 } as const;

type Kind = keyof typeof MOST_TRIES;

/** A try that has been counted before its password is looked at, so that parallel tries are counted too. */
export interface CountedTry {
  /** The password was right: the username starts afresh, the address gets its try back. */
  forgive(): Promise<void>;
}

/**
 * Counts one try for the username and one for the address.
 * @throws DomainError too-many-attempts with the `seconds` until the window ends
 */
export async function countSignInTry(
  ctx: ServiceContext,
  { username, address, now }: { username: string; address: string; now: Date },
): Promise<CountedTry> {
  const user = keyOf('user', username);
  const ip = keyOf('ip', address);
  await count(ctx, 'user', user, now);
  await count(ctx, 'ip', ip, now);
  return {
    forgive: async () => {
      await ctx.models.signInAttempts.deleteOne({ _id: user });
      await ctx.models.signInAttempts.updateOne(
        { _id: ip, failures: { $gt: 0 } },
        { $inc: { failures: -1 } },
      );
    },
  };
}

async function count(ctx: ServiceContext, kind: Kind, key: string, now: Date): Promise<void> {
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
  if (attempt.failures > MOST_TRIES[kind]) {
    const seconds = Math.ceil((attempt.expiresAt.getTime() - now.getTime()) / 1000);
    throw new DomainError('too-many-attempts', { seconds });
  }
}

function keyOf(kind: Kind, value: string): string {
  return createHash('sha256').update(`${kind}:${value}`).digest('hex');
}
