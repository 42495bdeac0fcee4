import { Schema, type Connection, type Model } from 'mongoose';

/** What a consultation can be about, and the Unit Eselon III that answers for it. Data an administrator edits. */
export interface Topic {
  /** Stable code, e.g. `dak-fisik`. */
  _id: string;
  name: { id: string; en: string };
  /** Words that suggest it. */
  keywords: string[];
  unitCode: string;
  position: number;
  active: boolean;
  /** A new consultation goes to the unit without an agent. */
  escalatesByItself?: boolean;
  /** What the Kepala Subdit approved goes to the user without an agent. */
  sendsApprovedAnswer?: boolean;
}

export function defineTopics(connection: Connection): Model<Topic> {
  const schema = new Schema<Topic>(
    {
      _id: { type: String, required: true },
      name: { type: Schema.Types.Mixed, required: true },
      keywords: { type: [String], default: [] },
      unitCode: { type: String, required: true },
      position: { type: Number, required: true },
      active: { type: Boolean, default: true },
      escalatesByItself: { type: Boolean, default: false },
      sendsApprovedAnswer: { type: Boolean, default: false },
    },
    { collection: 'topics', versionKey: false },
  );
  return connection.model<Topic>('Topic', schema);
}
