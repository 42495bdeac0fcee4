import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelName } from '../shared/channel-name.js';
import type { Language } from '../shared/i18n.js';
import type { AppointmentState } from './appointment-state.js';
import type { Profile } from './conversation.js';
import type { EscalationState } from './escalation.js';
import type { FileReference } from './message.js';
import type { TicketDeadline } from './ticket-deadline.js';

/** R-B*, R-C*: what is booked, named as its clock (R-B2, R-C1). */
export const BOOKING_KINDS = ['visit', 'video-application', 'video-network'] as const;
export type BookingKind = (typeof BOOKING_KINDS)[number];

/**
 * 'consultation' ends with a BAK, and so do bookings; 'assistance' is a request to speak with a person; complaint and suggestion
 * are R-A8.
 */
export type TicketKind = 'consultation' | 'assistance' | 'complaint' | 'suggestion' | BookingKind;

export function isBooking(kind: TicketKind): kind is BookingKind {
  return BOOKING_KINDS.some((booking) => booking === kind);
}

/**
 * R-A8: pengaduan, and saran or masukan. What is said about one is seen on its own ticket only, and it ends with a closing
 * letter.
 */
export const VOICE_KINDS = ['complaint', 'suggestion'] as const satisfies readonly TicketKind[];
export type VoiceKind = (typeof VOICE_KINDS)[number];

export function isVoice(kind: TicketKind): kind is VoiceKind {
  return VOICE_KINDS.some((voice) => voice === kind);
}

/**
 * open: nobody's yet · in-progress: an agent has it · waiting-user: the agent or the unit asked back ·
 * waiting-unit: a Unit Eselon III has it (R-A5) · scheduled: the time of a booking is agreed and awaited · resolved: answered, ends with a BAK · closed: ended without an answer, with a reason.
 */
export const TICKET_STATUSES = [
  ...(['open', 'in-progress', 'waiting-user', 'waiting-unit', 'scheduled'] as const),
  ...(['resolved', 'closed'] as const),
] as const;
export type TicketStatus = (typeof TICKET_STATUSES)[number];
export const OPEN_STATUSES = [
  'open',
  'in-progress',
  'waiting-user',
  'waiting-unit',
  'scheduled',
] as const satisfies readonly TicketStatus[];

/** A piece of work with a deadline: who asked what, who answers, what became of it (R-A2). */
export interface Ticket {
  _id: string;
  /** DJPK-2026-000123. */
  number: string;
  kind: TicketKind;
  status: TicketStatus;
  conversationId: string;
  channel: ChannelName;
  contactId: string | null;
  /** The user's identity as it was confirmed for this ticket. */
  profile: Profile;
  language: Language;
  topicCode: string;
  unitCode: string;
  question: string;
  attachments: FileReference[];
  /** R-A8: no name, profile or contact is kept with it, and nobody of the office sees where it came from. */
  anonymous?: boolean;
  /** R-A8: the unit, service or person it is about, in the user's words; null where they did not say. */
  about?: string | null;
  /** Whom of the staff a complaint is about, by a supervisor's judgement: hidden from them at every door. */
  concernsStaffId?: string | null;
  receivedAt: Date;
  /** R-T4. */
  countedFrom: Date;
  /** R-A3. */
  dueAt: Date;
  assigneeId: string | null;
  assigneeName: string | null;
  firstResponseAt: Date | null;
  /** The latest escalation as the ticket last heard of it; null before the first. */
  escalation: { id: string; unitCode: string; state: EscalationState; version: number } | null;
  /** R-B*, R-C*: how its booking stands, as the ticket last heard of it. */
  appointment?: { id: string; state: AppointmentState; startsAt: Date | null; version: number } | null;
  /** The first time; from then on R-A4 counts. */
  escalatedAt: Date | null;
  answer: string | null;
  legalBasis: string[];
  /** Files that the unit gave with what was approved and that go to the user with the answer. */
  answerFiles?: FileReference[];
  resolvedAt: Date | null;
  resolvedById: string | null;
  closeReason: string | null;
  closedAt: Date | null;
  closedById: string | null;
  /** True until the BAK is made, mailed and told to the user: swept by a job, so that a crash loses nothing. */
  closingPending: boolean;
  /** When an unfinished closing is taken up (again). */
  nextClosingAt: Date | null;
  /** Drawn before the BAK is made, so that a second try makes it under the same number. */
  minutesNumber: string | null;
  minutesId: string | null;
  rating: { score: number; comment: string | null; at: Date } | null;
  /** How `dueAt` came about; absent on a ticket from before, until it is counted again. */
  deadline?: TicketDeadline;
  /** When the deadline is looked at next: the morning of the day it falls on, the deadline itself, then never again. */
  nextNoticeAt: Date | null;
  /** Time of the latest change; the inbox is sorted by it. */
  updatedAt: Date;
  /** Unread messages of the user since an agent last looked. */
  unread: number;
  /** Latest message of the user that has been counted; '' before the first. Makes counting idempotent. */
  latestUserMessageId: string;
  /** What the inbox finds the ticket by: beginnings of the words of name and agency, and its number. */
  searchTerms: string[];
  /** Makes opening idempotent: conversation and message that asked for it. */
  openingKey: string;
}

export function defineTickets(connection: Connection): Model<Ticket> {
  const schema = new Schema<Ticket>(
    {
      _id: { type: String, required: true },
      number: { type: String, required: true },
      kind: { type: String, required: true },
      status: { type: String, required: true },
      conversationId: { type: String, required: true },
      channel: { type: String, required: true },
      contactId: { type: String, default: null },
      profile: { type: Schema.Types.Mixed, default: {} },
      language: { type: String, default: 'id' },
      topicCode: { type: String, required: true },
      unitCode: { type: String, required: true },
      question: { type: String, default: '' },
      attachments: { type: Schema.Types.Mixed, default: () => [] },
      anonymous: { type: Boolean },
      about: { type: String },
      concernsStaffId: { type: String },
      receivedAt: { type: Date, required: true },
      countedFrom: { type: Date, required: true },
      dueAt: { type: Date, required: true },
      assigneeId: { type: String, default: null },
      assigneeName: { type: String, default: null },
      firstResponseAt: { type: Date, default: null },
      escalation: { type: Schema.Types.Mixed, default: null },
      appointment: { type: Schema.Types.Mixed },
      escalatedAt: { type: Date, default: null },
      answer: { type: String, default: null },
      legalBasis: { type: [String], default: [] },
      answerFiles: { type: Schema.Types.Mixed },
      resolvedAt: { type: Date, default: null },
      resolvedById: { type: String, default: null },
      closeReason: { type: String, default: null },
      closedAt: { type: Date, default: null },
      closedById: { type: String, default: null },
      closingPending: { type: Boolean, default: false },
      nextClosingAt: { type: Date, default: null },
      minutesNumber: { type: String, default: null },
      minutesId: { type: String, default: null },
      rating: { type: Schema.Types.Mixed, default: null },
      deadline: { type: Schema.Types.Mixed },
      nextNoticeAt: { type: Date, default: null },
      updatedAt: { type: Date, required: true },
      unread: { type: Number, default: 0 },
      latestUserMessageId: { type: String, default: '' },
      searchTerms: { type: [String], default: [] },
      openingKey: { type: String, required: true },
    },
    { collection: 'tickets', versionKey: false, minimize: false },
  );
  schema.index({ number: 1 }, { unique: true });
  schema.index({ openingKey: 1 }, { unique: true });
  schema.index({ updatedAt: -1, _id: -1 });
  schema.index({ searchTerms: 1, _id: -1 });
  schema.index({ status: 1, updatedAt: -1, _id: -1 });
  schema.index({ status: 1, dueAt: 1, _id: 1 });
  schema.index({ assigneeId: 1, status: 1, updatedAt: -1, _id: -1 });
  schema.index({ conversationId: 1, _id: -1 });
  schema.index({ contactId: 1, _id: -1 });
  schema.index({ kind: 1, status: 1, updatedAt: -1, _id: -1 });
  schema.index({ concernsStaffId: 1 }, { partialFilterExpression: { concernsStaffId: { $type: 'string' } } });
  schema.index(
    { closingPending: 1, nextClosingAt: 1 },
    { partialFilterExpression: { closingPending: true } },
  );
  schema.index({ nextNoticeAt: 1 }, { partialFilterExpression: { nextNoticeAt: { $type: 'date' } } });
  schema.index({ status: 1, 'deadline.rules': 1, _id: 1 });
  schema.index(
    { 'deadline.tellAt': 1 },
    { partialFilterExpression: { 'deadline.tellAt': { $type: 'date' } } },
  );
  return connection.model<Ticket>('Ticket', schema);
}
