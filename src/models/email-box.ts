import { Schema, type Connection, type Model } from 'mongoose';

/** How far a mailbox has been read. */
export interface EmailBox {
  /** The account and the mailbox's name. */
  _id: string;
  /** IMAP UIDVALIDITY: with another one the UIDs mean other mails. */
  uidValidity: string;
  /** Everything up to here has been taken in. */
  lastUid: number;
  /** Mails that arrived before the mailbox was first read are not answered. */
  since: Date;
  /** The mail being taken in, and how often that was begun: one that ends the process is set aside. */
  trying: { uid: number; times: number } | null;
}

export function defineEmailBoxes(connection: Connection): Model<EmailBox> {
  const schema = new Schema<EmailBox>(
    {
      _id: { type: String, required: true },
      uidValidity: { type: String, required: true },
      lastUid: { type: Number, required: true },
      since: { type: Date, required: true },
      trying: { type: Schema.Types.Mixed, default: null },
    },
    { collection: 'email-boxes', versionKey: false },
  );
  return connection.model<EmailBox>('EmailBox', schema);
}
