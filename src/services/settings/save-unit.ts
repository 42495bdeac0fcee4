import type { Unit } from '../../models/unit.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';

/** Adds or renames a unit. @throws DomainError not-allowed */
export async function saveUnit(
  ctx: ServiceContext,
  { actor, unit, now }: { actor: Actor; unit: Unit; now: Date },
): Promise<Unit> {
  requireRole(actor, 'administrator');
  const { _id, name, active } = unit;
  await ctx.models.units.updateOne({ _id }, { $set: { name, active } }, { upsert: true });
  await recordAudit(ctx, {
    actor,
    action: 'unit.save',
    subject: _id,
    details: { name, active },
    now,
  });
  ctx.changes.publish({ topic: 'settings', id: `unit:${_id}` });
  return unit;
}
