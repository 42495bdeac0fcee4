import { Schema, type Connection, type Model } from 'mongoose';

/** One upload or produced document. Equal bytes are stored once, under their hash. */
export interface StoredFile {
  _id: string;
  /** Hex; the name of the bytes in the file store. */
  sha256: string;
  name: string;
  /** Sniffed, never the sender's word. */
  mimeType: string;
  /** Bytes. */
  size: number;
  conversationId: string | null;
  /** R-A8: the complaint or suggestion it belongs to. */
  matter?: string;
  /** A signature of a guest, or a signed nota dinas: handed out with its visit or letter only (R-E3). */
  paperOf?: 'visit' | 'letter';
  createdAt: Date;
}

export function defineFiles(connection: Connection): Model<StoredFile> {
  const schema = new Schema<StoredFile>(
    {
      _id: { type: String, required: true },
      sha256: { type: String, required: true },
      name: { type: String, required: true },
      mimeType: { type: String, required: true },
      size: { type: Number, required: true },
      conversationId: { type: String, default: null },
      matter: { type: String },
      paperOf: { type: String },
      createdAt: { type: Date, required: true },
    },
    { collection: 'files', versionKey: false },
  );
  schema.index({ matter: 1 }, { partialFilterExpression: { matter: { $type: 'string' } } });
  return connection.model<StoredFile>('StoredFile', schema);
}
