import type { Models } from '../../models/index.js';
import type { Staff } from '../../models/staff.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { actorOf } from './actor-of.js';

/** A person as a platform of the office vouches for them. */
interface Vouched {
  /** Object id in the directory: stays when name and address change. */
  directoryId: string;
  /** Null where the directory does not say. */
  email: string | null;
}

/**
 * The staff member behind somebody in Teams: by the directory id that is known, else by the one active account with that e-mail
 * address, which then keeps the id.
 */
export async function findColleague(
  { models }: ServiceContext,
  { directoryId, email }: Vouched,
): Promise<Actor | undefined> {
  const known = await withDirectoryId(models, directoryId);
  if (known) return known.active ? actorOf(known) : undefined;
  if (email === null) return undefined;
  const named = await models.staff.find({ email: email.toLowerCase(), active: true }).limit(2).lean();
  const [only, another] = named;
  if (!only || another || only.directoryId) return undefined;
  const unchanged = { _id: only._id, email: only.email, active: true, directoryId: null };
  const { modifiedCount } = await models.staff.updateOne(unchanged, { $set: { directoryId } });
  if (modifiedCount > 0) return actorOf(only);
  // Two presses of the same person at once; or somebody else has just become known by that address.
  const again = await withDirectoryId(models, directoryId);
  return again?.active ? actorOf(again) : undefined;
}

/** The type is what the partial index is asked by. */
function withDirectoryId({ staff }: Models, directoryId: string): Promise<Staff | null> {
  return staff.findOne({ directoryId: { $eq: directoryId, $type: 'string' } }).lean();
}
