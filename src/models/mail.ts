import { Schema, type Connection, type Model } from 'mongoose';
import type { TicketKind } from './ticket.js';

export type MailState = 'queued' | 'sent' | 'failed';

export interface MailAttachment {
  fileId: string;
  name: string;
  /** A calendar file that mail programs take for an invitation, or for its end (RFC 6047). */
  calendar?: 'REQUEST' | 'CANCEL';
}

/** An e-mail on its way out. */
export interface Mail {
  _id: string;
  /** What it is about, e.g. `minutes:<id>`: the same mail is never queued twice. */
  key: string;
  to: string;
  subject: string;
  text: string;
  attachments: MailAttachment[];
  ticketId: string | null;
  /** Absent on mails from before there were several. */
  ticketKind?: TicketKind;
  state: MailState;
  attempts: number;
  nextAttemptAt: Date | null;
  /** What the mail server said when it failed. */
  reason: string | null;
  createdAt: Date;
  sentAt: Date | null;
  /** RFC 5322 Message-ID, fixed before the first attempt. */
  messageId: string;
}

export function defineMails(connection: Connection): Model<Mail> {
  const schema = new Schema<Mail>(
    {
      _id: { type: String, required: true },
      key: { type: String, required: true },
      to: { type: String, required: true },
      subject: { type: String, required: true },
      text: { type: String, required: true },
      attachments: { type: Schema.Types.Mixed, default: () => [] },
      ticketId: { type: String, default: null },
      ticketKind: { type: String },
      state: { type: String, required: true },
      attempts: { type: Number, default: 0 },
      nextAttemptAt: { type: Date, default: null },
      reason: { type: String, default: null },
      createdAt: { type: Date, required: true },
      sentAt: { type: Date, default: null },
      messageId: { type: String, required: true },
    },
    { collection: 'mails', versionKey: false },
  );
  schema.index({ key: 1 }, { unique: true });
  schema.index({ state: 1, nextAttemptAt: 1 }, { partialFilterExpression: { state: 'queued' } });
  schema.index({ state: 1, _id: -1 }, { partialFilterExpression: { state: 'failed' } });
  return connection.model<Mail>('Mail', schema);
}
