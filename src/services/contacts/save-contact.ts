import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { Contact } from '../../models/contact.js';
import type { Profile, Vouched } from '../../models/conversation.js';
import type { ChannelName } from '../../shared/channel-name.js';
import type { ServiceContext } from '../service-context.js';
import { currentContact } from './current-contact.js';
import { vouchFor } from './vouch-for.js';

interface SaveContactInput {
  conversation: {
    _id: string;
    channel: ChannelName;
    account: string;
    address: string;
    contactId: string | null;
    vouched?: Vouched | undefined;
  };
  profile: Profile;
  now: Date;
}

/**
 * R-A1: keeps who a user is, under the address they write from, and tells the person's other conversations.
 * @returns the contact's id
 */
export async function saveContact(context: ServiceContext, input: SaveContactInput): Promise<string> {
  const { conversation, profile } = input;
  const contact = (await updateKnown(context, input)) ?? (await upsertByAddress(context, input));
  await context.models.conversations.updateMany(
    { contactId: contact._id, _id: { $ne: conversation._id } },
    { $set: { profile } },
  );
  const { vouched } = conversation;
  return vouched ? vouchFor(context, { contactId: contact._id, vouched, now: input.now }) : contact._id;
}

async function updateKnown(
  context: ServiceContext,
  { conversation, profile, now }: SaveContactInput,
): Promise<Contact | null> {
  if (conversation.contactId === null) return null;
  const update = (_id: string): Promise<Contact | null> =>
    context.models.contacts
      .findOneAndUpdate(
        { _id, mergedInto: null },
        { $set: { profile, updatedAt: now } },
        { returnDocument: 'after' },
      )
      .lean();
  const known = await update(conversation.contactId);
  if (known) return known;
  const merged = await currentContact(context, conversation.contactId);
  return merged && update(merged._id);
}

async function upsertByAddress(
  { models, newId }: ServiceContext,
  { conversation: { channel, account, address }, profile, now }: SaveContactInput,
): Promise<Contact> {
  const upsert = async (): Promise<Contact> =>
    models.contacts
      .findOneAndUpdate(
        {
          addresses: { $elemMatch: { channel, account, address } },
          'addresses.address': { $type: 'string' },
        },
        {
          $set: { profile, updatedAt: now },
          $setOnInsert: { _id: newId(), addresses: [{ channel, account, address }], createdAt: now },
        },
        { upsert: true, returnDocument: 'after' },
      )
      .lean();
  try {
    return await upsert();
  } catch (error) {
    // Two turns met the same new address at once: the other one made the contact.
    if (!isDuplicateKey(error)) throw error;
    return upsert();
  }
}
