import type { Contact } from '../../models/contact.js';
import type { ContactMerge } from '../../models/contact-merge.js';
import type { Profile } from '../../models/conversation.js';
import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { ServiceContext } from '../service-context.js';
import { currentContact } from './current-contact.js';

/** A turn that started before a merge has ended by then. */
export const SETTLE_MILLISECONDS = 60_000;

type Models = ServiceContext['models'];

/** Gives everything of the contact that is gone to the one that stays. Every step may be repeated. */
export async function moveToKept(context: ServiceContext, merge: ContactMerge): Promise<void> {
  const { models } = context;
  const { gone } = merge;
  const before = await models.contacts
    .findOneAndUpdate({ _id: gone._id }, { $set: { addresses: [], verified: [], mergedInto: merge.keptId } })
    .lean();
  const kept = await currentContact(context, merge.keptId);
  if (!before || !kept) return;
  await give(models, kept._id, {
    addresses: [...gone.addresses, ...before.addresses],
    verified: [...gone.verified, ...before.verified],
  });
  const profile = latestProfile(kept, before);
  await models.contacts.updateOne({ _id: kept._id }, { $set: { profile } });
  const conversationIds = await conversationsOf(models, gone._id);
  await models.contactMerges.updateOne(
    { _id: merge._id },
    { $addToSet: { conversationIds: { $each: conversationIds } } },
  );
  await giveConversations(models, { contactId: gone._id }, kept._id, profile);
  await models.conversations.updateMany({ contactId: kept._id }, { $set: { profile } });
  await models.tickets.updateMany({ contactId: gone._id }, { $set: { contactId: kept._id } });
}

/** Gives back what `moveToKept` gave, and what has happened since in the conversations of the contact that was gone. */
export async function moveBack(context: ServiceContext, merge: ContactMerge): Promise<void> {
  const { models } = context;
  const { _id, profile, addresses, verified } = merge.gone;
  const holder = await currentContact(context, merge.keptId);
  if (!holder || holder._id === _id) return;
  await models.contacts.updateOne(
    { _id: holder._id },
    { $pull: { addresses: { $in: addresses }, verified: { $in: verified } } },
  );
  await models.contacts.updateOne({ _id: holder._id, profile }, { $set: { profile: merge.keptProfile } });
  await models.contacts.updateOne({ _id }, { $set: { profile, mergedInto: null } });
  await give(models, _id, { addresses, verified });
  const { conversationIds } = merge;
  const theirs = { _id: { $in: conversationIds }, contactId: { $ne: _id } };
  await giveConversations(models, theirs, _id, profile);
  await models.conversations.updateMany(
    { contactId: holder._id, profile },
    { $set: { profile: merge.keptProfile } },
  );
  await models.tickets.updateMany(
    { conversationId: { $in: conversationIds }, contactId: { $ne: _id }, anonymous: { $ne: true } },
    { $set: { contactId: _id } },
  );
}

/** One by one: what somebody else has got hold of meanwhile stays there. */
async function give(
  { contacts }: Models,
  _id: string,
  { addresses, verified }: Pick<Contact, 'addresses' | 'verified'>,
): Promise<void> {
  const gifts = [
    ...addresses.map((address) => ({ addresses: address })),
    ...verified.map((key) => ({ verified: key })),
  ];
  for (const gift of gifts) {
    try {
      await contacts.updateOne({ _id }, { $addToSet: gift });
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
}

/** The one that was written last; a contact that is gone already has had its say. */
function latestProfile(kept: Contact, gone: Contact): Profile {
  return gone.mergedInto === null && gone.updatedAt > kept.updatedAt ? gone.profile : kept.profile;
}

/** The version makes a turn that is under way decide again, from what is true now. */
async function giveConversations(
  { conversations }: Models,
  which: { contactId: string | { $ne: string }; _id?: { $in: string[] } },
  contactId: string,
  profile: Profile,
): Promise<void> {
  await conversations.updateMany(which, { $set: { contactId, profile }, $inc: { version: 1 } });
}

async function conversationsOf({ conversations }: Models, contactId: string): Promise<string[]> {
  const found = await conversations.find({ contactId }, { _id: 1 }).lean();
  return found.map(({ _id }) => _id);
}
