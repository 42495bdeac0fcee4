import { Schema, type Connection, type Model } from 'mongoose';
import type { Contact } from './contact.js';
import type { Profile } from './conversation.js';

/** Two contacts found to be one person, with what is needed to take them apart again. */
export interface ContactMerge {
  _id: string;
  /** The older contact, which stays. */
  keptId: string;
  /** What was known of it. */
  keptProfile: Profile;
  /** The other one as it was. */
  gone: Pick<Contact, '_id' | 'profile' | 'addresses' | 'verified'>;
  /** The conversations of the contact that is gone. */
  conversationIds: string[];
  /** How it was found: a platform vouches for both, or a member of staff says so. */
  reason: 'verified' | 'staff';
  state: 'merged' | 'undone';
  byName: string | null;
  at: Date;
  undoneByName: string | null;
  undoneAt: Date | null;
  /** When the moving is done once more, for what was under way or interrupted; null once that is over. */
  settleAt: Date | null;
}

export function defineContactMerges(connection: Connection): Model<ContactMerge> {
  const schema = new Schema<ContactMerge>(
    {
      _id: { type: String, required: true },
      keptId: { type: String, required: true },
      keptProfile: { type: Schema.Types.Mixed, required: true },
      gone: { type: Schema.Types.Mixed, required: true },
      conversationIds: { type: [String], required: true },
      reason: { type: String, required: true },
      state: { type: String, required: true },
      byName: { type: String, default: null },
      at: { type: Date, required: true },
      undoneByName: { type: String, default: null },
      undoneAt: { type: Date, default: null },
      settleAt: { type: Date, default: null },
    },
    { collection: 'contactMerges', versionKey: false, minimize: false },
  );
  schema.index({ keptId: 1, _id: -1 });
  schema.index({ 'gone._id': 1 }, { unique: true, partialFilterExpression: { state: 'merged' } });
  schema.index({ settleAt: 1 }, { partialFilterExpression: { settleAt: { $type: 'date' } } });
  return connection.model<ContactMerge>('ContactMerge', schema);
}
