import type { Session } from '../../models/session.js';
import type { ServiceContext } from '../service-context.js';

/** Nobody has more browsers than this. */
const MOST_SESSIONS = 100;

/** A person's live sessions, latest used first. */
export async function listSessions(
  ctx: ServiceContext,
  { staffId, now }: { staffId: string; now: Date },
): Promise<Session[]> {
  return ctx.models.sessions
    .find({ staffId, expiresAt: { $gt: now } })
    .sort({ lastSeenAt: -1 })
    .limit(MOST_SESSIONS)
    .lean();
}
