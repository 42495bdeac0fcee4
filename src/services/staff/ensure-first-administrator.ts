import type { Role, Staff } from '../../models/staff.js';
import type { ServiceContext } from '../service-context.js';
import { listStandingAdministrators } from './administrator-list.js';
import { newSetupToken } from './setup-link.js';

/** Stands for the username until the first administrator picks one; no real username may begin like this. */
const PLACEHOLDER_USERNAME = '-first-administrator';

/** Whoever sets a new office up answers its first tickets too; an administrator alone only reads them. */
const FIRST_ROLES: Role[] = ['administrator', 'agent'];

/** True for the account behind the link of a new installation: its owner still chooses a username. */
export function isFirstAdministratorToBe(staff: Pick<Staff, 'username'>): boolean {
  return staff.username === PLACEHOLDER_USERNAME;
}

/**
 * Makes sure that somebody can administer. Runs at each start and counts the administrators anew.
 * @returns the one-time link while there is no active administrator with a password, else null.
 */
export async function ensureFirstAdministrator(
  ctx: ServiceContext,
  { now }: { now: Date },
): Promise<string | null> {
  const { staff } = ctx.models;
  if ((await listStandingAdministrators(ctx, now)).length > 0) {
    await staff.deleteOne({ username: PLACEHOLDER_USERNAME });
    return null;
  }
  const { url, fields } = newSetupToken(ctx, now);
  await staff.updateOne(
    { username: PLACEHOLDER_USERNAME },
    {
      $set: { ...fields, active: true },
      $setOnInsert: { _id: ctx.newId(), name: 'Administrator', roles: FIRST_ROLES, createdAt: now },
    },
    { upsert: true },
  );
  return url;
}
