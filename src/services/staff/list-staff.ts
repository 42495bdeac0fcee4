import type { Staff } from '../../models/staff.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from './authorise.js';
import { isFirstAdministratorToBe } from './ensure-first-administrator.js';

/** An office, not a nation. */
const MOST_STAFF = 2_000;

/** Everybody, by name. @throws DomainError not-allowed */
export async function listStaff(ctx: ServiceContext, { actor }: { actor: Actor }): Promise<Staff[]> {
  requireRole(actor, 'administrator');
  const staff = await ctx.models.staff.find().limit(MOST_STAFF).lean();
  return staff
    .filter((member) => !isFirstAdministratorToBe(member))
    .sort((a, b) => a.name.localeCompare(b.name, 'id'));
}

/** Active agents and supervisors: who can be given a ticket. @throws DomainError not-allowed */
export async function listAssignees(ctx: ServiceContext, { actor }: { actor: Actor }): Promise<Staff[]> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const staff = await ctx.models.staff
    .find({ active: true, roles: { $in: ['agent', 'supervisor'] } })
    .limit(MOST_STAFF)
    .lean();
  return staff
    .filter((member) => !isFirstAdministratorToBe(member))
    .sort((a, b) => a.name.localeCompare(b.name, 'id'));
}
