import { Schema, type Connection, type Model } from 'mongoose';

/**
 * Where the Teams bot may write without having been written to: a person's chat, or a channel it was let into. Kept for good:
 * Microsoft gives these ids only with what arrives.
 */
export interface TeamsPlace {
  /** Microsoft's conversation id. */
  _id: string;
  kind: 'person' | 'channel';
  /** Of the Bot Connector for this place; from the allow-list. */
  serviceUrl: string;
  tenantId: string;
  /** Of a person: their id for this bot, their directory id, and what the directory says; null where it says nothing. */
  userId: string | null;
  aadObjectId: string | null;
  name: string | null;
  email: string | null;
  /** Since when the directory has been asked; null before. */
  askedAt: Date | null;
  /** Of a channel. */
  teamId: string | null;
  teamName: string | null;
  channelName: string | null;
  /** Since when the bot is no longer in it. */
  goneAt: Date | null;
  /** The latest activities whose effect is stored elsewhere: what Microsoft delivers again is recognised here. */
  handled: string[];
  seenAt: Date;
}

export function defineTeamsPlaces(connection: Connection): Model<TeamsPlace> {
  const schema = new Schema<TeamsPlace>(
    {
      _id: { type: String, required: true },
      kind: { type: String, required: true },
      serviceUrl: { type: String, required: true },
      tenantId: { type: String, required: true },
      userId: { type: String, default: null },
      aadObjectId: { type: String, default: null },
      name: { type: String, default: null },
      email: { type: String, default: null },
      askedAt: { type: Date, default: null },
      teamId: { type: String, default: null },
      teamName: { type: String, default: null },
      channelName: { type: String, default: null },
      goneAt: { type: Date, default: null },
      handled: { type: [String], default: [] },
      seenAt: { type: Date, required: true },
    },
    { collection: 'teams-places', versionKey: false },
  );
  schema.index({ aadObjectId: 1 });
  schema.index({ kind: 1, teamId: 1 });
  return connection.model<TeamsPlace>('TeamsPlace', schema);
}
