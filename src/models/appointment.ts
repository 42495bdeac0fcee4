import { Schema, type Connection, type Model } from 'mongoose';
import type { ChannelName } from '../shared/channel-name.js';
import type { AppointmentState } from './appointment-state.js';
import type { BookingKind } from './ticket.js';
import type { FileReference } from './message.js';

export type { AppointmentState } from './appointment-state.js';

/** What can happen to one. */
export const APPOINTMENT_STEPS = [
  ...([
    'request',
    'letter',
    'book',
    'move',
    'displace',
    'propose',
    'wait',
    'guests',
    'assign',
    'meeting',
  ] as const),
  ...(['trial', 'solve', 'late', 'cancel', 'decline', 'no-show'] as const),
  ...([
    'arrive',
    'call',
    'meet',
    'attendance',
    'check-travel-orders',
    'sign-travel-orders',
    'hand-over',
    'leave',
  ] as const),
  ...(['begin', 'end', 'report'] as const),
] as const;
export type AppointmentStep = (typeof APPOINTMENT_STEPS)[number];

/** One step as it happened; never changed afterwards. */
export interface AppointmentEntry {
  /** 1 for the first step, then one more each. */
  n: number;
  step: AppointmentStep;
  at: Date;
  /** Null when the user (through the bot) or the product acted. */
  byId: string | null;
  byName: string;
  /** 'user' where the user did it in the chat. */
  by: 'user' | 'staff' | 'product';
  /** Reason, remark, hindrance. */
  text?: string;
  /** The time it was about: agreed, moved to, given up. */
  startsAt?: Date;
  /** The rules a supervisor set aside (with `text` as the reason). */
  overridden?: OverridableRule[];
  /** Who was to meet the guests until this step. */
  replacedId?: string;
  /** Makes a step that comes twice the same step. */
  key?: string;
}

/** lead-time: R-B2, R-C1 · region-limit: R-C4 · new-letter: R-C6 · guests: R-C5. No supervisor puts two into one room. */
export const OVERRIDABLE_RULES = ['lead-time', 'region-limit', 'new-letter', 'guests'] as const;
export type OverridableRule = (typeof OVERRIDABLE_RULES)[number];

/** Surat Permintaan Konsultasi/Audiensi (R-B1, R-C1), its facts as they were asked. */
export interface RequestLetter {
  file: FileReference;
  number: string;
  /** yyyy-MM-dd, as written on it. */
  date: string;
  addressee: string;
  sender: string;
  /** When it arrived: R-B2 and R-C1 count from it. */
  receivedAt: Date;
  via: ChannelName;
}

/** A time in a room. */
export interface Session {
  startsAt: Date;
  endsAt: Date;
  /** Code of a room of the settings. */
  room: string;
}

/** R-C5. */
export interface Guest {
  /** Unique within the appointment. */
  id: string;
  name: string;
  position: string | null;
  /** Gubernur, bupati, wali kota, or chair of the DPRD. */
  isHead: boolean;
}

/** A travel order (SPPD) of a guest (R-C6, R-C8). */
export interface TravelOrder {
  guestId: string;
  number: string;
  checkedById: string;
  signedById: string | null;
  signedAt: Date | null;
}

/** What the reception does on the day (R-C8). Identity cards are taken and given back, never pictured. */
export interface VisitRecord {
  arrivedAt: Date;
  /** Number of the guest card given for the identity card. */
  guestCard: string;
  room: string;
  /** When the consultant was called, and came: 10 minutes (SOP-194 8.d). */
  calledAt: Date | null;
  metAt: Date | null;
  /** Guests actually present (Daftar Hadir, R-C9). */
  attendance: { guestId: string; signature: 'screen' | 'paper'; signatureFileId: string | null; at: Date }[];
  travelOrders: TravelOrder[];
  handedOverAt: Date | null;
  /** The identity card is back with its owner: 1 hour from `arrivedAt` (SOP-194 7). */
  leftAt: Date | null;
}

/** R-B5: the trial run of a conference over the network. */
export interface TrialRun {
  at: Date | null;
  state: 'due' | 'passed' | 'failed';
  /** What hindered it. */
  hindrance: string | null;
  solvedAt: Date | null;
}

/** A video conference or visit, from the request to its BAK (R-B*, R-C*). One document, one conditional write a step. */
export interface Appointment {
  _id: string;
  ticketId: string;
  ticketNumber: string;
  conversationId: string;
  kind: BookingKind;
  state: AppointmentState;
  regionCode: string | null;
  /** Who asks, for lists: name, agency and region of the ticket's profile. */
  who: { name: string; agency: string; regionName: string | null };
  /** What is to be talked about. */
  purpose: string;
  topicCode: string;
  unitCode: string;
  /** Kanwil DJPB of the place, for `video-network`. */
  kanwil: string | null;
  requestedAt: Date;
  letter: RequestLetter | null;
  /** What makes a letter the same letter: one letter serves one appointment (R-C6). Emptied when the office declines. */
  letterKeys?: string[];
  guests: Guest[];
  /** The agreed time. Kept while another one is held. */
  agreed: Session | null;
  /** A time kept for the user while they decide. */
  held: (Session & { until: Date }) | null;
  /**
   * Everything the agreed and the held time take up, each by a unique index nobody else's: sessions, half hours of rooms
   * and consultants, a region's day and its two places of the month. Taken and given back in the same write as the time itself.
   */
  claims?: string[];
  /** Times an agent has offered; the user picks one. */
  proposed: Session[];
  /**
   * The user waits for a time on one of these dates (yyyy-MM-dd, both included), until one is agreed. Who was offered one goes to
   * the end of the list; what they let pass is not offered again.
   */
  waiting: { from: string; to: string; since: Date; offered?: Date[] } | null;
  /** True after the office moved it or has to: no new letter (R-C6). */
  displaced: boolean;
  consultantId: string | null;
  consultantName: string | null;
  meetingUrl: string | null;
  /** Why no meeting could be made for it; a code. */
  meetingFailure?: string | null;
  /** When making one is tried again. */
  nextMeetingAt?: Date | null;
  trial: TrialRun | null;
  visit: VisitRecord | null;
  /** What the consultant wrote; the ticket's BAK is made of it. */
  report: {
    /** As the BAK shall state it. */
    answer?: string;
    legalBasis?: string[];
    /** R-B6. */
    recordingUrl: string | null;
    byId: string;
    at: Date;
  } | null;
  thread: AppointmentEntry[];
  /** Every write adds one; guards every step. */
  version: number;
  updatedAt: Date;
  /** How far the consequences (facts, audit, ticket, chat, papers) have followed: entries up to this number. */
  settledEntry: number;
  unsettled: boolean;
  nextSettleAt: Date;
  /** When it is looked at next: a reminder, the end of a hold, the end of the session, the 10 minutes, the hour. */
  nextNoticeAt: Date | null;
  /** Notices given, by code and time, so that each is given once. */
  noticed: string[];
  /** Makes asking for it idempotent. */
  openingKey: string;
}

export function defineAppointments(connection: Connection): Model<Appointment> {
  const schema = new Schema<Appointment>(
    {
      _id: { type: String, required: true },
      ticketId: { type: String, required: true },
      ticketNumber: { type: String, required: true },
      conversationId: { type: String, required: true },
      kind: { type: String, required: true },
      state: { type: String, required: true },
      regionCode: { type: String, default: null },
      who: { type: Schema.Types.Mixed, required: true },
      purpose: { type: String, required: true },
      topicCode: { type: String, required: true },
      unitCode: { type: String, required: true },
      kanwil: { type: String, default: null },
      requestedAt: { type: Date, required: true },
      letter: { type: Schema.Types.Mixed, default: null },
      letterKeys: { type: [String], default: undefined },
      guests: { type: Schema.Types.Mixed, default: () => [] },
      agreed: { type: Schema.Types.Mixed, default: null },
      held: { type: Schema.Types.Mixed, default: null },
      claims: { type: [String], default: undefined },
      proposed: { type: Schema.Types.Mixed, default: () => [] },
      waiting: { type: Schema.Types.Mixed, default: null },
      displaced: { type: Boolean, default: false },
      consultantId: { type: String, default: null },
      consultantName: { type: String, default: null },
      meetingUrl: { type: String, default: null },
      meetingFailure: { type: String, default: null },
      nextMeetingAt: { type: Date, default: null },
      trial: { type: Schema.Types.Mixed, default: null },
      visit: { type: Schema.Types.Mixed, default: null },
      report: { type: Schema.Types.Mixed, default: null },
      thread: { type: Schema.Types.Mixed, required: true },
      version: { type: Number, required: true },
      updatedAt: { type: Date, required: true },
      settledEntry: { type: Number, default: 0 },
      unsettled: { type: Boolean, default: true },
      nextSettleAt: { type: Date, required: true },
      nextNoticeAt: { type: Date, default: null },
      noticed: { type: [String], default: [] },
      openingKey: { type: String, required: true },
    },
    { collection: 'appointments', versionKey: false, minimize: false },
  );
  schema.index(
    { claims: 1 },
    { unique: true, partialFilterExpression: { claims: { $type: 'string' } }, name: 'one-claim' },
  );
  schema.index(
    { letterKeys: 1 },
    { unique: true, partialFilterExpression: { letterKeys: { $type: 'string' } }, name: 'one-letter' },
  );
  schema.index({ openingKey: 1 }, { unique: true });
  schema.index({ ticketId: 1 }, { unique: true });
  schema.index({ conversationId: 1, _id: -1 });
  schema.index({ state: 1, updatedAt: -1, _id: -1 });
  schema.index({ state: 1, 'agreed.startsAt': 1, _id: 1 });
  schema.index(
    { 'agreed.startsAt': 1, _id: 1 },
    { partialFilterExpression: { 'agreed.startsAt': { $type: 'date' } } },
  );
  schema.index({ 'waiting.since': 1 }, { partialFilterExpression: { 'waiting.since': { $type: 'date' } } });
  schema.index({ consultantId: 1, 'agreed.startsAt': 1 });
  schema.index({ unitCode: 1, state: 1, updatedAt: -1, _id: -1 });
  schema.index({ unsettled: 1, nextSettleAt: 1 }, { partialFilterExpression: { unsettled: true } });
  schema.index({ nextNoticeAt: 1 }, { partialFilterExpression: { nextNoticeAt: { $type: 'date' } } });
  return connection.model<Appointment>('Appointment', schema);
}
