import { Schema, type Connection, type Model } from 'mongoose';
import type { TicketKind } from './ticket.js';

/** A BAK (Berita Acara Konsultasi) in its numbered register (R-A6). */
export interface Minutes {
  _id: string;
  /** BAK-000123/DJPK/2026. */
  number: string;
  revision: number;
  ticketId: string;
  ticketNumber: string;
  /** A closing letter for a complaint or suggestion (R-A8), a BAK for the others; absent on those from before. */
  ticketKind?: TicketKind;
  fileId: string;
  /** R-C8: two copies to print and sign; of bookings only. */
  copiesFileId?: string;
  /** Hash of the facts, printed in the document. */
  contentHash: string;
  /** Hash of the PDF's bytes. */
  fileHash: string;
  /** Unguessable part of the verification link. */
  verificationCode: string;
  issuedAt: Date;
  officerName: string;
}

export function defineMinutes(connection: Connection): Model<Minutes> {
  const schema = new Schema<Minutes>(
    {
      _id: { type: String, required: true },
      number: { type: String, required: true },
      revision: { type: Number, required: true },
      ticketId: { type: String, required: true },
      ticketNumber: { type: String, required: true },
      ticketKind: { type: String },
      fileId: { type: String, required: true },
      copiesFileId: { type: String },
      contentHash: { type: String, required: true },
      fileHash: { type: String, required: true },
      verificationCode: { type: String, required: true },
      issuedAt: { type: Date, required: true },
      officerName: { type: String, required: true },
    },
    { collection: 'minutes', versionKey: false },
  );
  schema.index({ number: 1 }, { unique: true });
  schema.index({ ticketId: 1, revision: 1 }, { unique: true });
  schema.index({ verificationCode: 1 }, { unique: true });
  return connection.model<Minutes>('Minutes', schema);
}
