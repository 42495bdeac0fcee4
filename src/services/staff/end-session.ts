import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

/**
 * Revokes one of a person's own sessions.
 * @throws DomainError not-found when there is none, or it is somebody else's
 */
export async function endSession(
  ctx: ServiceContext,
  { staffId, sessionId }: { staffId: string; sessionId: string },
): Promise<void> {
  const { deletedCount } = await ctx.models.sessions.deleteOne({ _id: sessionId, staffId });
  if (deletedCount === 0) throw new DomainError('not-found');
  ctx.changes.publish({ topic: 'staff', id: staffId });
}

/** Revokes every session of a person, but the one given. */
export async function endSessions(
  ctx: ServiceContext,
  { staffId, except }: { staffId: string; except?: string | undefined },
): Promise<void> {
  await ctx.models.sessions.deleteMany(except ? { staffId, _id: { $ne: except } } : { staffId });
  ctx.changes.publish({ topic: 'staff', id: staffId });
}
