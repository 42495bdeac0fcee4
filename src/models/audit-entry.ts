import { Schema, type Connection, type Model } from 'mongoose';

/** Who did what to what, and when. Appended, never changed. */
export interface AuditEntry {
  /** ULID: newest last. */
  _id: string;
  at: Date;
  /** What was done, where the same act may be recorded a second time after a crash or by an impatient page. */
  key: string | null;
  actorId: string | null;
  actorName: string;
  /** Name of the API operation, e.g. `ticket.resolve`. */
  action: string;
  subject: string;
  details: Record<string, string | number | boolean | null>;
}

export function defineAuditEntries(connection: Connection): Model<AuditEntry> {
  const schema = new Schema<AuditEntry>(
    {
      _id: { type: String, required: true },
      at: { type: Date, required: true },
      key: { type: String, default: null },
      actorId: { type: String, default: null },
      actorName: { type: String, required: true },
      action: { type: String, required: true },
      subject: { type: String, required: true },
      details: { type: Schema.Types.Mixed, default: {} },
    },
    { collection: 'auditEntries', versionKey: false, minimize: false },
  );
  schema.index({ key: 1 }, { unique: true, partialFilterExpression: { key: { $type: 'string' } } });
  return connection.model<AuditEntry>('AuditEntry', schema);
}
