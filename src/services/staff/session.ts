import type { Staff } from '../../models/staff.js';
import type { ServiceContext } from '../service-context.js';
import { newSecret } from '../../shared/ids.js';
import { secretHash } from './secret-hash.js';

const LONGEST_USER_AGENT = 160;
/** A session is written to at most this often while it is used. */
const TOUCH_SECONDS = 60;

export interface SignedIn {
  staff: Staff;
  sessionId: string;
  /** True when the expiry was moved: the cookie has to follow. */
  extended: boolean;
}

/** @returns the secret for the cookie, which is not kept. */
export async function startSession(
  ctx: ServiceContext,
  { staffId, userAgent, now }: { staffId: string; userAgent: string; now: Date },
): Promise<string> {
  const secret = newSecret();
  await ctx.models.sessions.create({
    _id: secretHash(secret),
    staffId,
    createdAt: now,
    lastSeenAt: now,
    expiresAt: expiry(ctx, now),
    userAgent: userAgent.slice(0, LONGEST_USER_AGENT),
  });
  return secret;
}

/** The person behind a cookie, or null; use moves the expiry. */
export async function findSession(
  ctx: ServiceContext,
  { secret, now }: { secret: string; now: Date },
): Promise<SignedIn | null> {
  const found = await peekSession(ctx, { sessionId: secretHash(secret), now });
  if (!found) return null;
  const extended = now.getTime() - found.lastSeenAt.getTime() >= TOUCH_SECONDS * 1000;
  if (extended) {
    await ctx.models.sessions.updateOne(
      { _id: found.sessionId },
      { $set: { lastSeenAt: now, expiresAt: expiry(ctx, now) } },
    );
  }
  return { staff: found.staff, sessionId: found.sessionId, extended };
}

/** Looks without counting as use: an open screen alone keeps nobody signed in. */
export async function peekSession(
  ctx: ServiceContext,
  { sessionId, now }: { sessionId: string; now: Date },
): Promise<{ staff: Staff; sessionId: string; lastSeenAt: Date } | null> {
  const session = await ctx.models.sessions.findById(sessionId).lean();
  if (!session || session.expiresAt.getTime() <= now.getTime()) return null;
  const staff = await ctx.models.staff.findById(session.staffId).lean();
  if (!staff?.active) return null;
  return { staff, sessionId: session._id, lastSeenAt: session.lastSeenAt };
}

function expiry(ctx: ServiceContext, now: Date): Date {
  return new Date(now.getTime() + ctx.config.sessionHours * 3_600_000);
}
