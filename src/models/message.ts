import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelName } from '../shared/channel-name.js';

/** Something to pick: by its button, its number or its words. */
export interface Choice {
  id: string;
  title: string;
}

/** A stored file as a message shows it; the bytes lie in the file store. */
export interface FileReference {
  fileId: string;
  name: string;
  mimeType: string;
  /** Bytes. */
  size: number;
}

export type RefusedFileReason = 'too-large' | 'type' | 'empty' | 'name-mismatch' | 'unreadable';
export type UnsupportedKind = 'sticker' | 'location' | 'contact' | 'poll' | 'other';

/** What a message says. */
export type Content =
  /** `replaces`: the provider id of an earlier message whose words the user has changed to these. */
  | { kind: 'text'; text: string; choices?: Choice[]; numbered?: boolean; replaces?: string }
  | { kind: 'choice'; choice: string; text: string }
  | ({ kind: 'file'; caption?: string } & FileReference)
  | { kind: 'refused-file'; name: string; reason: RefusedFileReason }
  | { kind: 'unsupported'; what: UnsupportedKind }
  | { kind: 'event'; event: ConversationEvent };

/**
 * What the user hears of a booking. agreed: by an agent · reminder-day, reminder-hours: before it · moved: by the office ·
 * displaced: its day is closed, other times are offered · proposed: times to pick from · freed: a time for who waited ·
 * hold-over: what was kept is free again · postponed: the trial failed (R-B5) · solved: agreed anew · meeting: the link ·
 * no-show, declined: R-C6 · letter: one that came by e-mail is with it.
 */
export type AppointmentNews =
  | (
      | 'agreed'
      | 'reminder-day'
      | 'reminder-hours'
      | 'moved'
      | 'displaced'
      | 'proposed'
      | 'freed'
      | 'hold-over'
    )
  | ('postponed' | 'solved' | 'meeting' | 'no-show' | 'declined' | 'letter');

/** Something that happened inside the office and that the dialog has to tell the user about. */
export interface ConversationEvent {
  name:
    | 'ticket-resolved'
    | 'ticket-closed'
    | 'taken-over'
    | 'handed-back'
    | 'escalated'
    | 'unit-asks'
    | 'ticket-late'
    | 'deadline-moved'
    | 'appointment';
  ticketId: string;
  /** What was escalated, and the number of the entry in its thread. */
  escalationId?: string;
  entry?: number;
  /** R-B*, R-C*: which booking, and what of it the user has to hear. */
  appointmentId?: string;
  news?: AppointmentNews;
  /** Papers that go along; after a time that the user agreed on in the chat they come without words. */
  files?: FileReference[];
  /** Who took over. */
  staffName?: string;
}

export interface Author {
  kind: 'user' | 'bot' | 'staff' | 'system';
  userId?: string;
  name?: string;
}

export type DeliveryState = 'queued' | 'sent' | 'delivered' | 'read' | 'failed';

/** One line of a conversation. Inbound lines are the inbox, outbound lines the outbox. */
export interface Message {
  /** ULID: the order of the conversation. */
  _id: string;
  conversationId: string;
  /** 'note' is seen by staff only, 'event' by nobody. */
  direction: 'in' | 'out' | 'note' | 'event';
  author: Author;
  content: Content;
  channel: ChannelName;
  account: string;
  /** The platform's id of an inbound message: unique per channel and account. */
  providerId: string | null;
  /** When the platform says it was sent. */
  sentAt: Date;
  receivedAt: Date;
  /** Inbound and events: false until a turn has taken it in. */
  pending: boolean;
  /** Outbound: as `OutboxEntry.withinHours`. */
  withinHours?: true;
  /** R-A8: the complaint or suggestion it belongs to; absent for what belongs to none. */
  matter?: string;
  /** Inbound: when its turn took it in. */
  processedAt: Date | null;
  /** Outbound only. */
  delivery: {
    state: DeliveryState;
    attempts: number;
    nextAttemptAt: Date | null;
    reason: string | null;
    at: Date;
  } | null;
}

export function defineMessages(connection: Connection): Model<Message> {
  const schema = new Schema<Message>(
    {
      _id: { type: String, required: true },
      conversationId: { type: String, required: true },
      direction: { type: String, required: true },
      author: { type: Schema.Types.Mixed, required: true },
      content: { type: Schema.Types.Mixed, required: true },
      channel: { type: String, required: true },
      account: { type: String, required: true },
      providerId: { type: String, default: null },
      sentAt: { type: Date, required: true },
      receivedAt: { type: Date, required: true },
      pending: { type: Boolean, default: false },
      withinHours: { type: Boolean },
      matter: { type: String },
      processedAt: { type: Date, default: null },
      delivery: { type: Schema.Types.Mixed, default: null },
    },
    { collection: 'messages', versionKey: false },
  );
  schema.index(
    { channel: 1, account: 1, providerId: 1 },
    { unique: true, partialFilterExpression: { providerId: { $type: 'string' } } },
  );
  schema.index({ conversationId: 1, _id: 1 });
  schema.index({ pending: 1, channel: 1, _id: 1 }, { partialFilterExpression: { pending: true } });
  schema.index(
    { 'delivery.state': 1, channel: 1, 'delivery.nextAttemptAt': 1 },
    { partialFilterExpression: { 'delivery.state': 'queued' } },
  );
  schema.index(
    { conversationId: 1, 'delivery.state': 1, _id: 1 },
    { partialFilterExpression: { 'delivery.state': 'queued' } },
  );
  schema.index(
    { conversationId: 1, 'content.fileId': 1 },
    { partialFilterExpression: { 'content.fileId': { $exists: true } } },
  );
  return connection.model<Message>('Message', schema);
}
