import { Schema, type Connection, type Model } from 'mongoose';

/** How long an id is remembered, in seconds: WhatsApp keeps what it could not deliver for 30 days. */
const REMEMBERED = 40 * 24 * 60 * 60;

/** A message as it was decrypted, kept before WhatsApp hears that it has arrived, until the inbox has it. */
export interface WhatsAppInbound {
  /** ULID: the order of arrival. */
  _id: string;
  account: string;
  /** `WhatsAppContact._id` of the chat. */
  address: string;
  /** The platform's id. */
  messageId: string;
  /** Typed on the office's own phone. */
  fromMe: boolean;
  sentAt: Date;
  receivedAt: Date;
  /** Sealed message of the protocol; null once the inbox has it. */
  payload: string | null;
  pending: boolean;
}

export function defineWhatsAppInbound(connection: Connection): Model<WhatsAppInbound> {
  const schema = new Schema<WhatsAppInbound>(
    {
      _id: { type: String, required: true },
      account: { type: String, required: true },
      address: { type: String, required: true },
      messageId: { type: String, required: true },
      fromMe: { type: Boolean, default: false },
      sentAt: { type: Date, required: true },
      receivedAt: { type: Date, required: true },
      payload: { type: String, default: null },
      pending: { type: Boolean, required: true },
    },
    { collection: 'whatsappInbound', versionKey: false },
  );
  schema.index({ account: 1, address: 1, messageId: 1 }, { unique: true });
  schema.index(
    { account: 1, pending: 1, address: 1, _id: 1 },
    { partialFilterExpression: { pending: true } },
  );
  schema.index(
    { receivedAt: 1 },
    { expireAfterSeconds: REMEMBERED, partialFilterExpression: { pending: false } },
  );
  return connection.model<WhatsAppInbound>('WhatsAppInbound', schema);
}
