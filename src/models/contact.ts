import { Schema, type Connection, type Model } from 'mongoose';
import type { Profile } from './conversation.js';
import type { ChannelName } from '../shared/channel-name.js';

/** Where a person writes from. */
export interface ContactAddress {
  channel: ChannelName;
  account: string;
  address: string;
}

/** A person, apart from the addresses they write from. */
export interface Contact {
  _id: string;
  profile: Profile;
  addresses: ContactAddress[];
  /** Telephone numbers and e-mail addresses a platform vouches for, as `phone:+628…` or `email:…`: nobody else's. */
  verified: string[];
  /** The contact this one was found to be the same person as; it holds the addresses since. */
  mergedInto: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export function defineContacts(connection: Connection): Model<Contact> {
  const schema = new Schema<Contact>(
    {
      _id: { type: String, required: true },
      profile: { type: Schema.Types.Mixed, required: true },
      addresses: { type: Schema.Types.Mixed, default: () => [] },
      verified: { type: [String], default: [] },
      mergedInto: { type: String, default: null },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    },
    { collection: 'contacts', versionKey: false, minimize: false },
  );
  schema.index(
    { 'addresses.channel': 1, 'addresses.account': 1, 'addresses.address': 1 },
    { unique: true, partialFilterExpression: { 'addresses.address': { $type: 'string' } } },
  );
  schema.index({ verified: 1 }, { unique: true, partialFilterExpression: { verified: { $type: 'string' } } });
  schema.index({ 'profile.email': 1 }, { partialFilterExpression: { 'profile.email': { $type: 'string' } } });
  schema.index({ 'profile.phone': 1 }, { partialFilterExpression: { 'profile.phone': { $type: 'string' } } });
  return connection.model<Contact>('Contact', schema);
}
