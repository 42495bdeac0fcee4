import { Schema, type Connection, type Model } from 'mongoose';

/** One WhatsApp number of the office: which process has it, and the sealed proof that we are its linked device. */
export interface WhatsAppAccount {
  /** Our name for the number. */
  _id: string;
  leaseOwner: string | null;
  leaseUntil: Date | null;
  /** Counts who had the number; a write of an earlier holder is refused. */
  fence: number;
  /** Counts the pairings; keys belong to one of them. */
  generation: number;
  /** Sealed; null before the first pairing. */
  credentials: string | null;
  /** Keys that are being written together; whoever takes the number over writes them first. */
  staged: { _id: string; value: string | null }[] | null;
  /** The pairing before, kept because a refusal by the platform may be its mistake. */
  former: { generation: number; credentials: string; at: Date } | null;
}

export function defineWhatsAppAccounts(connection: Connection): Model<WhatsAppAccount> {
  const schema = new Schema<WhatsAppAccount>(
    {
      _id: { type: String, required: true },
      leaseOwner: { type: String, default: null },
      leaseUntil: { type: Date, default: null },
      fence: { type: Number, default: 0 },
      generation: { type: Number, default: 0 },
      credentials: { type: String, default: null },
      staged: { type: Schema.Types.Mixed, default: null },
      former: { type: Schema.Types.Mixed, default: null },
    },
    { collection: 'whatsappAccounts', versionKey: false },
  );
  return connection.model<WhatsAppAccount>('WhatsAppAccount', schema);
}
