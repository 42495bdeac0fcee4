import type { ChannelName } from './channels.js';
import type { FileRef } from './messages.js';
import type { UnitName } from './escalations.js';

export type BookingKind = 'visit' | 'video-application' | 'video-network';

export type AppointmentState =
  | ('awaiting-letter' | 'planning' | 'scheduled' | 'under-way' | 'over')
  | ('done' | 'cancelled' | 'no-show' | 'declined');

export type AppointmentStepName =
  | ('request' | 'letter' | 'book' | 'move' | 'displace' | 'propose' | 'wait' | 'guests' | 'assign')
  | ('meeting' | 'trial' | 'solve' | 'late' | 'cancel' | 'decline' | 'no-show')
  | ('arrive' | 'call' | 'meet' | 'attendance' | 'check-travel-orders' | 'sign-travel-orders')
  | ('hand-over' | 'leave' | 'begin' | 'end' | 'report');

export type OverridableRule = 'lead-time' | 'region-limit' | 'new-letter' | 'guests';

export interface Session {
  startsAt: string;
  endsAt: string;
  room: { code: string; name: string };
}

export interface AppointmentSummary {
  id: string;
  version: number;
  kind: BookingKind;
  state: AppointmentState;
  ticketNumber: string;
  who: { name: string; agency: string; regionName: string | null };
  purpose: string;
  unit: UnitName;
  consultant: { id: string; name: string } | null;
  requestedAt: string;
  updatedAt: string;
  agreed: Session | null;
  /** Kept for the user until then. */
  held: (Session & { until: string }) | null;
  /** How many times the user may choose from. */
  proposed: number;
  waiting: { from: string; to: string; since: string } | null;
  displaced: boolean;
  /** When it is to have an agreed time; null once it has. */
  planBy: string | null;
  planningLate: boolean;
  hindered: boolean;
}

export interface Guest {
  id: string;
  name: string;
  position: string | null;
  isHead: boolean;
}

export interface AppointmentEntry {
  n: number;
  step: AppointmentStepName;
  at: string;
  byName: string;
  by: 'user' | 'staff' | 'product';
  text?: string;
  startsAt?: string;
  overridden?: OverridableRule[];
}

export interface Appointment extends Omit<AppointmentSummary, 'proposed'> {
  proposed: Session[];
  topicCode: string;
  kanwil: string | null;
  /** For the contact centre only. */
  contact: { email: string | null; phone: string | null; position: string | null } | null;
  letter: {
    file: FileRef;
    number: string;
    /** yyyy-MM-dd. */
    date: string;
    addressee: string;
    sender: string;
    receivedAt: string;
    via: ChannelName;
  } | null;
  guests: Guest[];
  meetingUrl: string | null;
  /** Why no meeting could be made by itself; a code. */
  meetingFailure: string | null;
  trial: {
    at: string | null;
    state: 'due' | 'passed' | 'failed';
    hindrance: string | null;
    solvedAt: string | null;
  } | null;
  /** What the BAK is made of. */
  report: { answer: string; legalBasis: string[]; recordingUrl: string | null } | null;
  thread: AppointmentEntry[];
  allowed: AppointmentStepName[];
}

export interface FreeSessions {
  /** yyyy-MM-dd. */
  earliest: string;
  sessions: Session[];
  full: {
    date: string;
    why: 'region-day-taken' | 'region-month-full' | 'full' | 'closed';
    name?: string;
  }[];
}

interface Override {
  rules: OverridableRule[];
  reason: string;
}

export interface BookRequest {
  step: 'book';
  startsAt: string;
  room?: string;
  /** The version that was shown. */
  version?: number;
  override?: Override;
}

export interface GuestsRequest {
  step: 'guests';
  guests: Omit<Guest, 'id'>[];
  override?: Override;
}

export interface LetterRequest {
  step: 'letter';
  fileId: string;
  number: string;
  /** yyyy-MM-dd. */
  date: string;
  addressee: string;
  sender: string;
  receivedAt: string;
  via: ChannelName;
  override?: Override;
}

/** Steps in which a supervisor may set a rule aside. */
export type OverridableRequest = BookRequest | GuestsRequest | LetterRequest;

export type AppointmentStepRequest =
  | OverridableRequest
  | { step: 'propose'; startsAts: string[] }
  | { step: 'assign'; unitCode?: string; consultantId: string | null }
  | { step: 'meeting'; url: string }
  | { step: 'trial'; at?: string; result?: 'passed' | 'failed'; hindrance?: string }
  | { step: 'solve'; remark: string }
  | { step: 'cancel' | 'decline'; reason: string }
  | { step: 'report'; answer: string; legalBasis: string[]; recordingUrl: string | null };

export interface Consultant {
  id: string;
  name: string;
  unitCode: string | null;
}

export interface CalendarEntry extends Session {
  id: string;
  ticketNumber: string;
  kind: BookingKind;
  state: AppointmentState;
  held: boolean;
  name: string;
  agency: string;
  unitCode: string;
  consultant: { id: string; name: string } | null;
}

export interface ClosedSession {
  id: string;
  /** yyyy-MM-dd. */
  date: string;
  /** Code; null for every room. */
  room: string | null;
  startsAt: string;
  endsAt: string;
  reason: string;
  byName: string;
}

export interface BookingCalendar {
  entries: CalendarEntry[];
  /** Weekends have no name. */
  daysOff: { date: string; name: string | null }[];
  closed: ClosedSession[];
}

export interface Room {
  code: string;
  name: string;
  kinds: BookingKind[];
  active: boolean;
}
