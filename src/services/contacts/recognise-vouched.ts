import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { Contact, ContactAddress } from '../../models/contact.js';
import type { Conversation, Vouched } from '../../models/conversation.js';
import type { ServiceContext } from '../service-context.js';
import { verifiedKeys } from './verified-keys.js';
import { vouchFor } from './vouch-for.js';

interface RecogniseInput {
  conversation: Pick<Conversation, '_id' | 'contactId'> & ContactAddress;
  vouched: Vouched;
  now: Date;
}

/** Who writes on one channel may be known from another: one person, one history. */
export async function recogniseVouched(
  context: ServiceContext,
  { conversation, vouched, now }: RecogniseInput,
): Promise<void> {
  if (conversation.contactId !== null) {
    await vouchFor(context, { contactId: conversation.contactId, vouched, now });
    return;
  }
  const contact = await findVouched(context, vouched);
  if (!contact) return;
  await attach(context, contact, conversation);
  await vouchFor(context, { contactId: contact._id, vouched, now });
}

async function findVouched({ models }: ServiceContext, vouched: Vouched): Promise<Contact | null> {
  for (const key of verifiedKeys(vouched)) {
    const contact = await models.contacts.findOne({ verified: key }).lean();
    if (contact) return contact;
  }
  return null;
}

/** Consent was given by the person, not by the address (UU 27/2022). */
async function attach(
  { models }: ServiceContext,
  { _id: contactId, profile }: Contact,
  { _id, channel, account, address }: RecogniseInput['conversation'],
): Promise<void> {
  try {
    await models.contacts.updateOne(
      { _id: contactId },
      { $addToSet: { addresses: { channel, account, address } } },
    );
  } catch (error) {
    // Another contact has this address; its own turn tells the conversation so.
    if (isDuplicateKey(error)) return;
    throw error;
  }
  const consented = await models.conversations
    .findOne({ contactId, consentAt: { $ne: null } }, { consentAt: 1 })
    .lean();
  await models.conversations.updateOne(
    { _id, contactId: null },
    { $set: { contactId, profile, consentAt: consented?.consentAt ?? null }, $inc: { version: 1 } },
  );
}
