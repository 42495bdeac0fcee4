import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from './authorise.js';
import { endSessions } from './end-session.js';

/**
 * Signs somebody out everywhere.
 * @throws DomainError not-allowed, not-found
 */
export async function revokeStaffSessions(
  ctx: ServiceContext,
  { actor, staffId, now }: { actor: Actor; staffId: string; now: Date },
): Promise<void> {
  requireRole(actor, 'administrator');
  const staff = await ctx.models.staff.findById(staffId).lean();
  if (!staff) throw new DomainError('not-found');
  await endSessions(ctx, { staffId });
  await recordAudit(ctx, {
    actor,
    action: 'staff.revoke-sessions',
    subject: staff.username,
    details: {},
    now,
  });
}
