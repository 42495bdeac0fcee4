import type { Unit } from '../../models/unit.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';

/**
 * Adds or changes a unit. What is left out of the optional fields stays as it is.
 * @throws DomainError not-allowed; invalid-input for a deputy who is nobody of the staff
 */
export async function saveUnit(
  ctx: ServiceContext,
  { actor, unit, now }: { actor: Actor; unit: Unit; now: Date },
): Promise<Unit> {
  requireRole(actor, 'administrator');
  const { _id, ...fields } = unit;
  const { name, active, headAwayUntil, deputyId } = fields;
  if (deputyId && !(await ctx.models.staff.exists({ _id: deputyId, active: true }))) {
    throw new DomainError('invalid-input', { field: 'deputyId' });
  }
  await ctx.models.units.updateOne({ _id }, { $set: fields }, { upsert: true });
  // Another approver: the answers that wait are laid before them.
  if (headAwayUntil !== undefined || deputyId !== undefined) {
    await ctx.models.escalations.updateMany(
      { unitCode: _id, state: 'submitted' },
      { $set: { nextCardAt: now } },
    );
  }
  await recordAudit(ctx, {
    actor,
    action: 'unit.save',
    subject: _id,
    details: {
      ...{ name, active },
      ...(headAwayUntil === undefined ? {} : { headAwayUntil }),
      ...(deputyId === undefined ? {} : { deputyId }),
    },
    now,
  });
  ctx.changes.publish({ topic: 'settings', id: `unit:${_id}` });
  return unit;
}
