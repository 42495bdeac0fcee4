import { Schema, type Connection, type Model } from 'mongoose';

/** Failed sign-ins of one username or one address within a window. */
export interface SignInAttempt {
  /** SHA-256 of `user:<name>` or `ip:<address>`: no personal data at rest. */
  _id: string;
  failures: number;
  /** The window's end; the database deletes the document after it. */
  expiresAt: Date;
}

export function defineSignInAttempts(connection: Connection): Model<SignInAttempt> {
  const schema = new Schema<SignInAttempt>(
    {
      _id: { type: String, required: true },
      failures: { type: Number, required: true },
      expiresAt: { type: Date, required: true },
    },
    { collection: 'signInAttempts', versionKey: false },
  );
  schema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
  return connection.model<SignInAttempt>('SignInAttempt', schema);
}
