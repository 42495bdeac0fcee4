import { Schema, type Connection, type Model } from 'mongoose';

/** How long a sent message can be sent again to a phone that could not read it, in seconds. */
const KEPT = 14 * 24 * 60 * 60;

/** One bubble on its way to a user, under an id that stays the same at every attempt. */
export interface WhatsAppOutbound {
  /** The platform's message id, made by us. */
  _id: string;
  account: string;
  address: string;
  /** The office's message that it is a part of. */
  messageId: string;
  /** Sealed message of the protocol. */
  payload: string;
  state: 'queued' | 'confirmed' | 'refused';
  /** The platform's code, when it refused. */
  code: string | null;
  createdAt: Date;
}

export function defineWhatsAppOutbound(connection: Connection): Model<WhatsAppOutbound> {
  const schema = new Schema<WhatsAppOutbound>(
    {
      _id: { type: String, required: true },
      account: { type: String, required: true },
      address: { type: String, required: true },
      messageId: { type: String, required: true },
      payload: { type: String, required: true },
      state: { type: String, required: true },
      code: { type: String, default: null },
      createdAt: { type: Date, required: true },
    },
    { collection: 'whatsappOutbound', versionKey: false },
  );
  schema.index({ createdAt: 1 }, { expireAfterSeconds: KEPT });
  return connection.model<WhatsAppOutbound>('WhatsAppOutbound', schema);
}
