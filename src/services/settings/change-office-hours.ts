import { createWorkingCalendar, type IsoWeekday, type OfficeHours } from '../../shared/working-time.js';
import { recordAudit } from '../audit/record-audit.js';
import { noteRulesChange } from '../deadlines/rules-change.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { readOfficeHours } from './office-hours.js';
import { OFFICE_HOURS } from './setting-names.js';

/**
 * Sets the operating hours (R-T3); open tickets are counted again.
 * @throws DomainError not-allowed, invalid-input; calendar-without-open-day when no weekday would open
 */
export async function changeOfficeHours(
  ctx: ServiceContext,
  { actor, hours, now }: { actor: Actor; hours: OfficeHours; now: Date },
): Promise<OfficeHours> {
  requireRole(actor, 'administrator');
  createWorkingCalendar(hours, []);
  const before = await readOfficeHours(ctx.models);
  await noteRulesChange(ctx.models, { reason: 'hours', by: actor.name }, now);
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
    details: { zone: hours.zone, ...changedDays(before, hours) },
    now,
  });
  ctx.changes.publish({ topic: 'settings', id: OFFICE_HOURS });
  return hours;
}

/** "5": "08:00-11:30 13:30-17:00 → 08:00-16:00", for each weekday that changed. */
function changedDays(before: OfficeHours, after: OfficeHours): Record<string, string> {
  const write = ({ periods }: OfficeHours, weekday: IsoWeekday): string =>
    periods[weekday].map(({ from, to }) => `${from}-${to}`).join(' ') || '–';
  const weekdays = ([1, 2, 3, 4, 5, 6, 7] as const).filter(
    (weekday) => write(before, weekday) !== write(after, weekday),
  );
  return Object.fromEntries(
    weekdays.map((weekday) => [weekday, `${write(before, weekday)} → ${write(after, weekday)}`]),
  );
}
