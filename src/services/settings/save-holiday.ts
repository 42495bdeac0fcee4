import { DateTime } from 'luxon';
import type { NonWorkingDayRecord } from '../../models/non-working-day.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import { noteRulesChange } from '../deadlines/rules-change.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';

interface SaveHolidayInput {
  actor: Actor;
  day: NonWorkingDayRecord;
  /** The date it was on before a decree moved it. */
  movedFrom?: string | undefined;
  now: Date;
}

/**
 * Adds, changes or moves a day off (R-T2); open tickets are counted again.
 * @throws DomainError not-allowed; invalid-input for anything but a real date; conflict when a day would be moved onto another;
 * not-found when the day to be moved is gone
 */
export async function saveHoliday(
  ctx: ServiceContext,
  input: SaveHolidayInput,
): Promise<NonWorkingDayRecord> {
  const { actor, day, movedFrom, now } = input;
  requireRole(actor, 'administrator');
  const { nonWorkingDays } = ctx.models;
  const { _id, name, kind, decree } = day;
  // One impossible date in the table would keep the calendar from being built.
  if (!DateTime.fromISO(_id, { zone: 'utc' }).isValid) {
    throw new DomainError('invalid-input', { field: 'date' });
  }
  const moves = movedFrom !== undefined && movedFrom !== _id;
  const before = await nonWorkingDays.findById(moves ? movedFrom : _id).lean();
  if (moves && !before) throw new DomainError('not-found');
  if (moves && (await nonWorkingDays.exists({ _id }))) throw new DomainError('conflict');
  await noteRulesChange(ctx.models, { reason: 'calendar', by: actor.name }, now);
  // The new day comes first: between the two writes the office is closed on both rather than open on both.
  await nonWorkingDays.updateOne({ _id }, { $set: { name, kind, decree } }, { upsert: true });
  if (moves) await nonWorkingDays.deleteOne({ _id: movedFrom });
  await ctx.reference.reload();
  const was = before && { nameBefore: before.name, kindBefore: before.kind, decreeBefore: before.decree };
  await recordAudit(ctx, {
    actor,
    action: 'holiday.save',
    subject: _id,
    details: { name, kind, decree, ...was, ...(moves ? { movedFrom } : {}) },
    now,
  });
  if (moves) ctx.changes.publish({ topic: 'settings', id: `holiday:${movedFrom}` });
  ctx.changes.publish({ topic: 'settings', id: `holiday:${_id}` });
  return day;
}

/** @throws DomainError not-allowed, not-found */
export async function removeHoliday(
  ctx: ServiceContext,
  { actor, date, now }: { actor: Actor; date: string; now: Date },
): Promise<void> {
  requireRole(actor, 'administrator');
  await noteRulesChange(ctx.models, { reason: 'calendar', by: actor.name }, now);
  const removed = await ctx.models.nonWorkingDays.findOneAndDelete({ _id: date }).lean();
  if (!removed) throw new DomainError('not-found');
  await ctx.reference.reload();
  const { name, kind, decree } = removed;
  await recordAudit(ctx, {
    actor,
    action: 'holiday.remove',
    subject: date,
    details: { name, kind, decree },
    now,
  });
  ctx.changes.publish({ topic: 'settings', id: `holiday:${date}` });
}
