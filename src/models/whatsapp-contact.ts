import { Schema, type Connection, type Model } from 'mongoose';

/** A person on WhatsApp, who is known there by a phone number, by a LID, or by both. */
export interface WhatsAppContact {
  /** The address conversations are kept under; says nothing about the person. */
  _id: string;
  account: string;
  /** Digits of the number; null while unknown. */
  pn: string | null;
  /** WhatsApp's other name for a person; its digits are no phone number. */
  lid: string | null;
  /** Where the person wrote from last; null when they never wrote. */
  replyTo: string | null;
  /** The contact that this one turned out to be. */
  mergedInto: string | null;
}

export function defineWhatsAppContacts(connection: Connection): Model<WhatsAppContact> {
  const schema = new Schema<WhatsAppContact>(
    {
      _id: { type: String, required: true },
      account: { type: String, required: true },
      pn: { type: String, default: null },
      lid: { type: String, default: null },
      replyTo: { type: String, default: null },
      mergedInto: { type: String, default: null },
    },
    { collection: 'whatsappContacts', versionKey: false },
  );
  const known = (field: string): object => ({ [field]: { $type: 'string' } });
  schema.index({ account: 1, pn: 1 }, { unique: true, partialFilterExpression: known('pn') });
  schema.index({ account: 1, lid: 1 }, { unique: true, partialFilterExpression: known('lid') });
  schema.index({ mergedInto: 1 }, { partialFilterExpression: known('mergedInto') });
  return connection.model<WhatsAppContact>('WhatsAppContact', schema);
}
