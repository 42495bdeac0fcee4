import { Schema, type Connection, type Model } from 'mongoose';
import type { Profile } from './conversation.js';
import type { ChannelName } from '../shared/channel-name.js';

/** A person, apart from the addresses they write from. */
export interface Contact {
  _id: string;
  profile: Profile;
  addresses: { channel: ChannelName; account: string; address: string }[];
  createdAt: Date;
  updatedAt: Date;
}

export function defineContacts(connection: Connection): Model<Contact> {
  const schema = new Schema<Contact>(
    {
      _id: { type: String, required: true },
      profile: { type: Schema.Types.Mixed, required: true },
      addresses: { type: Schema.Types.Mixed, default: () => [] },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
    },
    { collection: 'contacts', versionKey: false, minimize: false },
  );
  schema.index(
    { 'addresses.channel': 1, 'addresses.account': 1, 'addresses.address': 1 },
    { unique: true, partialFilterExpression: { 'addresses.address': { $type: 'string' } } },
  );
  return connection.model<Contact>('Contact', schema);
}
