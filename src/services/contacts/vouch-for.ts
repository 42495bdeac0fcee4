import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { Vouched } from '../../models/conversation.js';
import type { ServiceContext } from '../service-context.js';
import { mergeContacts } from './merge-contacts.js';
import { verifiedKeys } from './verified-keys.js';

interface VouchInput {
  contactId: string;
  vouched: Vouched;
  now: Date;
}

/**
 * Notes what a platform vouches for; another contact for whom the same is vouched is the same person and is merged, unless
 * staff has taken the two apart.
 * @returns the id of the contact from now on
 */
export async function vouchFor(
  context: ServiceContext,
  { contactId, vouched, now }: VouchInput,
): Promise<string> {
  const { contacts } = context.models;
  let id = contactId;
  for (const key of verifiedKeys(vouched)) {
    try {
      await contacts.updateOne({ _id: id }, { $addToSet: { verified: key } });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const owner = await contacts.findOne({ verified: key }, { _id: 1 }).lean();
      if (!owner || (await wereTakenApart(context, id, owner._id))) continue;
      id = await mergeContacts(context, {
        ...{ contactIds: [id, owner._id], reason: 'verified', actor: null, now },
      });
    }
  }
  return id;
}

async function wereTakenApart({ models }: ServiceContext, one: string, other: string): Promise<boolean> {
  const [keptId, gone] = one < other ? [one, other] : [other, one];
  return (await models.contactMerges.exists({ keptId, 'gone._id': gone, state: 'undone' })) !== null;
}
