import type { Staff } from '../../models/staff.js';
import { DomainError } from '../../shared/errors.js';
import type { Language } from '../../shared/i18n.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';

/** The language in which the console speaks to this person. */
export async function changeLanguage(
  ctx: ServiceContext,
  { actor, language, now }: { actor: Actor; language: Language; now: Date },
): Promise<Staff> {
  const staff = await ctx.models.staff
    .findByIdAndUpdate(actor.staffId, { $set: { language } }, { returnDocument: 'after' })
    .lean();
  if (!staff) throw new DomainError('not-signed-in');
  await recordAudit(ctx, {
    actor,
    action: 'session.update',
    subject: staff.username,
    details: { language },
    now,
  });
  return staff;
}
