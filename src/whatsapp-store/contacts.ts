import type { Contact, Sighting, WhatsAppStore } from '../channels/index.js';
import { isDuplicateKey } from '../models/duplicate-key.js';
import type { Models } from '../models/index.js';
import type { WhatsAppContact } from '../models/whatsapp-contact.js';
import type { NewId } from '../shared/ids.js';

type ContactStore = Pick<WhatsAppStore, 'seeContact' | 'findContact'>;

/** How often a sighting is looked at again because another one of the same person came between. */
const ATTEMPTS = 5;

/** Phone number and LID as two names of one person. */
export function createContactStore(models: Models, account: string, newId: NewId): ContactStore {
  const { whatsappContacts: contacts } = models;
  return {
    async seeContact(sighting) {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return toContact(await see(models, account, newId, sighting));
        } catch (error) {
          if (!isDuplicateKey(error) || attempt === ATTEMPTS) throw error;
        }
      }
    },
    async findContact(address) {
      const found = await contacts.findById(address).lean();
      const current = found?.mergedInto ? await contacts.findById(found.mergedInto).lean() : found;
      return current ? toContact(current) : undefined;
    },
  };
}

async function see(
  models: Models,
  account: string,
  newId: NewId,
  { pn, lid, replyTo }: Sighting,
): Promise<WhatsAppContact> {
  const { whatsappContacts: contacts } = models;
  const names = [...(pn ? [{ pn }] : []), ...(lid ? [{ lid }] : [])];
  const found = await contacts.find({ account, $or: names }).lean();
  const byLid = found.find((contact) => lid && contact.lid === lid);
  let byPn = found.find((contact) => pn && contact.pn === pn);
  if (byPn && lid && byPn.lid !== null && byPn.lid !== lid) {
    // A number that was given up goes to somebody else; the LID tells the two apart.
    await contacts.updateOne({ _id: byPn._id, pn: byPn.pn }, { $set: { pn: null } });
    byPn = undefined;
  }
  const known = { ...(pn ? { pn } : {}), ...(lid ? { lid } : {}), ...(replyTo ? { replyTo } : {}) };
  const contact =
    byLid && byPn && byLid._id !== byPn._id ? await merge(models, byLid, byPn) : (byLid ?? byPn);
  if (!contact) {
    const fresh = { _id: newId(), account, pn: null, lid: null, replyTo: null, mergedInto: null, ...known };
    await contacts.create(fresh);
    return fresh;
  }
  const changed = { ...contact, ...known };
  const same =
    contact.pn === changed.pn && contact.lid === changed.lid && contact.replyTo === changed.replyTo;
  if (!same) await contacts.updateOne({ _id: contact._id }, { $set: known });
  return changed;
}

/** The older one stays; what was handled under the other is remembered under it. */
async function merge(models: Models, one: WhatsAppContact, other: WhatsAppContact): Promise<WhatsAppContact> {
  const { whatsappContacts: contacts, whatsappInbound: inbound } = models;
  const [kept, given] = one._id < other._id ? [one, other] : [other, one];
  await contacts.updateMany(
    { $or: [{ _id: given._id }, { mergedInto: given._id }] },
    { $set: { mergedInto: kept._id, pn: null, lid: null } },
  );
  const handled = { account: given.account, address: given._id, pending: false };
  for (const { _id } of await inbound.find(handled, { _id: 1 }).lean()) {
    await inbound.updateOne({ _id }, { $set: { address: kept._id } }).catch((error: unknown) => {
      if (!isDuplicateKey(error)) throw error;
    });
  }
  return kept;
}

function toContact({ _id: address, pn, lid, replyTo }: WhatsAppContact): Contact {
  return { address, pn, lid, replyTo };
}
