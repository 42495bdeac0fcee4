import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole } from '../staff/authorise.js';
import { unitOf } from './allowed-steps.js';

/** Somebody who can be given a visit or a video conference. */
export interface Consultant {
  id: string;
  name: string;
  unitCode: string | null;
}

/** People of the units by name; for a unit's own people only their colleagues. */
export async function listConsultants(
  context: ServiceContext,
  { actor }: { actor: Actor },
): Promise<{ items: Consultant[] }> {
  const all = hasRole(actor, 'agent', 'supervisor', 'administrator');
  const unit = all ? {} : { unitCode: await unitOf(context, actor) };
  const found = await context.models.staff
    .find(
      { ...unit, active: true, roles: { $in: ['unit-member', 'head-of-unit'] } },
      { name: 1, unitCode: 1 },
    )
    .lean();
  const items = found.map(({ _id, name, unitCode }) => ({ id: _id, name, unitCode }));
  return { items: items.sort((a, b) => a.name.localeCompare(b.name, 'id')) };
}
