import type { Staff } from '../../models/staff.js';
import { DomainError } from '../../shared/errors.js';
import type { ServiceContext } from '../service-context.js';

/**
 * Setting with the ids of everybody who can administer. One document, so that "not the last one" is decided by one
 * conditional write although the people are many documents. A crash can only leave it too short, which refuses too
 * much; each start counts anew.
 */
const ADMINISTRATORS = 'administrators';

/** Active, with the role and a password. */
export function isStandingAdministrator(staff: Pick<Staff, 'active' | 'roles' | 'passwordHash'>): boolean {
  return staff.active && staff.roles.includes('administrator') && staff.passwordHash !== null;
}

/** Counts them from the people themselves and stores the list. */
export async function listStandingAdministrators(ctx: ServiceContext, now: Date): Promise<readonly string[]> {
  const found = await ctx.models.staff.find({ active: true, roles: 'administrator' }).lean();
  const ids = found.filter(isStandingAdministrator).map(({ _id }) => _id);
  await ctx.models.settings.updateOne(
    { _id: ADMINISTRATORS },
    { $set: { value: ids, updatedAt: now } },
    { upsert: true },
  );
  return ids;
}

/** After the person was stored as one. */
export async function addAdministrator(ctx: ServiceContext, staffId: string, now: Date): Promise<void> {
  await ctx.models.settings.updateOne(
    { _id: ADMINISTRATORS },
    { $addToSet: { value: staffId }, $set: { updatedAt: now } },
    { upsert: true },
  );
}

/**
 * Before the person stops being one.
 * @throws DomainError last-administrator
 */
export async function removeAdministrator(ctx: ServiceContext, staffId: string, now: Date): Promise<void> {
  const { settings } = ctx.models;
  const { matchedCount } = await settings.updateOne(
    { _id: ADMINISTRATORS, value: staffId, 'value.1': { $exists: true } },
    { $pull: { value: staffId }, $set: { updatedAt: now } },
  );
  if (matchedCount > 0) return;
  if (await settings.exists({ _id: ADMINISTRATORS, value: staffId })) {
    throw new DomainError('last-administrator');
  }
}
