import { createWorkingCalendar, type OfficeHours } from '../../shared/working-time.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { OFFICE_HOURS } from './setting-names.js';

/**
 * Sets the operating hours (R-T3). Deadlines already given stand.
 * @throws DomainError not-allowed, invalid-input; calendar-without-open-day when no weekday would open
 */
export async function changeOfficeHours(
  ctx: ServiceContext,
  { actor, hours, now }: { actor: Actor; hours: OfficeHours; now: Date },
): Promise<OfficeHours> {
  requireRole(actor, 'administrator');
  createWorkingCalendar(hours, []);
  await ctx.models.settings.updateOne(
    { _id: OFFICE_HOURS },
    { $set: { value: hours, updatedAt: now } },
    { upsert: true },
  );
  await ctx.reference.reload();
  await recordAudit(ctx, {
    actor,
    action: 'office-hours.change',
    subject: OFFICE_HOURS,
    details: { zone: hours.zone },
    now,
  });
  ctx.changes.publish({ topic: 'settings', id: OFFICE_HOURS });
  return hours;
}
