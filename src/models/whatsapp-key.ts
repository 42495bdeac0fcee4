import { Schema, type Connection, type Model } from 'mongoose';

/** One key or session of the Signal protocol, sealed. */
export interface WhatsAppKey {
  /** account, generation of the pairing, kind and id, with line breaks. */
  _id: string;
  value: string;
  /** Of the holder who wrote it (`WhatsAppAccount.fence`). */
  fence: number;
}

export function defineWhatsAppKeys(connection: Connection): Model<WhatsAppKey> {
  const schema = new Schema<WhatsAppKey>(
    {
      _id: { type: String, required: true },
      value: { type: String, required: true },
      fence: { type: Number, required: true },
    },
    { collection: 'whatsappKeys', versionKey: false },
  );
  return connection.model<WhatsAppKey>('WhatsAppKey', schema);
}
