import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from './authorise.js';
import { newSetupToken } from './setup-link.js';

/**
 * A new one-time link, for an invitation that got lost or a forgotten password; the one before it is void.
 * @throws DomainError not-allowed, not-found
 */
export async function issueSetupLink(
  ctx: ServiceContext,
  { actor, staffId, now }: { actor: Actor; staffId: string; now: Date },
): Promise<string> {
  requireRole(actor, 'administrator');
  const { url, fields } = newSetupToken(ctx, now);
  const staff = await ctx.models.staff
    .findOneAndUpdate({ _id: staffId, active: true }, { $set: fields })
    .lean();
  if (!staff) throw new DomainError('not-found');
  await recordAudit(ctx, {
    actor,
    action: 'staff.setup-link',
    subject: staff.username,
    details: {},
    now,
  });
  return url;
}
