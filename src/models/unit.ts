import { Schema, type Connection, type Model } from 'mongoose';

/** A Unit Eselon III of a technical directorate. */
export interface Unit {
  /** Stable code, e.g. `dana-transfer-khusus`. */
  _id: string;
  name: string;
  active: boolean;
  /** Last day (yyyy-MM-dd, WIB) on which the deputy decides for the Kepala Subdit. */
  headAwayUntil?: string | null;
  /** Staff member who then approves and returns answers, never their own. */
  deputyId?: string | null;
  /** Where its cards are posted; null without Teams. */
  teamsChannel?: TeamsChannel | null;
}

/** A channel of a team, as the platform names it. */
export interface TeamsChannel {
  /** Conversation id of the channel. */
  channelId: string;
  serviceUrl: string;
  tenantId: string;
}

export function defineUnits(connection: Connection): Model<Unit> {
  const schema = new Schema<Unit>(
    {
      _id: { type: String, required: true },
      name: { type: String, required: true },
      active: { type: Boolean, default: true },
      headAwayUntil: { type: String, default: null },
      deputyId: { type: String, default: null },
      teamsChannel: { type: Schema.Types.Mixed, default: null },
    },
    { collection: 'units', versionKey: false },
  );
  schema.index({ deputyId: 1 }, { partialFilterExpression: { deputyId: { $type: 'string' } } });
  return connection.model<Unit>('Unit', schema);
}
