import type { Contact } from '../../models/contact.js';
import type { ServiceContext } from '../service-context.js';

/** The contact, or the one it has become part of. */
export async function currentContact({ models }: ServiceContext, id: string): Promise<Contact | null> {
  let contact = await models.contacts.findById(id).lean();
  while (contact?.mergedInto) contact = await models.contacts.findById(contact.mergedInto).lean();
  return contact;
}
