import { Schema, type Connection, type Model } from 'mongoose';

/** A signed-in browser. The cookie holds a secret of which only the hash is stored. */
export interface Session {
  /** SHA-256 of the cookie's secret. */
  _id: string;
  staffId: string;
  createdAt: Date;
  lastSeenAt: Date;
  /** The document is deleted by the database after this. */
  expiresAt: Date;
  /** Browser as it names itself, shortened, so that a person recognises a session to revoke. */
  userAgent: string;
}

export function defineSessions(connection: Connection): Model<Session> {
  const schema = new Schema<Session>(
    {
      _id: { type: String, required: true },
      staffId: { type: String, required: true },
      createdAt: { type: Date, required: true },
      lastSeenAt: { type: Date, required: true },
      expiresAt: { type: Date, required: true },
      userAgent: { type: String, default: '' },
    },
    { collection: 'sessions', versionKey: false },
  );
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  schema.index({ staffId: 1, lastSeenAt: -1 });
  return connection.model<Session>('Session', schema);
}
