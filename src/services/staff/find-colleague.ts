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
  // The type is what the partial index is asked by.
  const known = await models.staff.findOne({ directoryId: { $eq: directoryId, $type: 'string' } }).lean();
  if (known) return known.active ? actorOf(known) : undefined;
  if (email === null) return undefined;
  const named = await models.staff.find({ email: email.toLowerCase(), active: true }).limit(2).lean();
  const [only, another] = named;
  if (!only || another || only.directoryId) return undefined;
  await models.staff.updateOne({ _id: only._id, directoryId: null }, { $set: { directoryId } });
  return actorOf(only);
}
