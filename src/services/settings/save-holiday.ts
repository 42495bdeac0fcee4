import { DateTime } from 'luxon';
import type { NonWorkingDayRecord } from '../../models/non-working-day.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';

/**
 * Adds or changes a day off (R-T2). Deadlines given from now on count with it; those already given stand.
 * @throws DomainError not-allowed; invalid-input for anything but a real date
 */
export async function saveHoliday(
  ctx: ServiceContext,
  { actor, day, now }: { actor: Actor; day: NonWorkingDayRecord; now: Date },
): Promise<NonWorkingDayRecord> {
  requireRole(actor, 'administrator');
  const { _id, name, kind, decree } = day;
  // One impossible date in the table would keep the calendar from being built.
  if (!DateTime.fromISO(_id, { zone: 'utc' }).isValid) {
    throw new DomainError('invalid-input', { field: 'date' });
  }
  await ctx.models.nonWorkingDays.updateOne({ _id }, { $set: { name, kind, decree } }, { upsert: true });
  await ctx.reference.reload();
  await recordAudit(ctx, {
    actor,
    action: 'holiday.save',
    subject: _id,
    details: { name, kind, decree },
    now,
  });
  ctx.changes.publish({ topic: 'settings', id: `holiday:${_id}` });
  return day;
}

/** @throws DomainError not-allowed, not-found */
export async function removeHoliday(
  ctx: ServiceContext,
  { actor, date, now }: { actor: Actor; date: string; now: Date },
): Promise<void> {
  requireRole(actor, 'administrator');
  const { deletedCount } = await ctx.models.nonWorkingDays.deleteOne({ _id: date });
  if (deletedCount === 0) throw new DomainError('not-found');
  await ctx.reference.reload();
  await recordAudit(ctx, { actor, action: 'holiday.remove', subject: date, details: {}, now });
  ctx.changes.publish({ topic: 'settings', id: `holiday:${date}` });
}
