import { Schema, type Connection, type Model } from 'mongoose';

/** What is remembered of an e-mail that was taken in or sent, to keep threads together. Its words are in the messages. */
export interface EmailLetter {
  /** Of one sent: its Message-ID; of one taken in: the id its message was stored under. */
  _id: string;
  direction: 'in' | 'out';
  /** RFC 5322 Message-ID with its brackets; empty where the sender gave none. */
  messageId: string;
  /** The conversation's address. */
  address: string;
  /** The person's e-mail address. */
  mailbox: string;
  subject: string;
  /** The ticket the letter is about, e.g. DJPK-2026-000123. */
  ticket: string | null;
  /** Message-IDs of the thread before it, oldest first. */
  references: string[];
  /** Sent by the bot, not by a person. */
  automatic: boolean;
  /** Messages that it carried out. */
  messageIds: string[];
  at: Date;
}

export function defineEmailLetters(connection: Connection): Model<EmailLetter> {
  const schema = new Schema<EmailLetter>(
    {
      _id: { type: String, required: true },
      direction: { type: String, required: true },
      messageId: { type: String, default: '' },
      address: { type: String, required: true },
      mailbox: { type: String, required: true },
      subject: { type: String, default: '' },
      ticket: { type: String, default: null },
      references: { type: [String], default: [] },
      automatic: { type: Boolean, default: false },
      messageIds: { type: [String], default: [] },
      at: { type: Date, required: true },
    },
    { collection: 'email-letters', versionKey: false },
  );
  schema.index({ messageId: 1 });
  schema.index({ address: 1, at: -1 });
  schema.index({ mailbox: 1, at: -1 });
  return connection.model<EmailLetter>('EmailLetter', schema);
}
