import type { BookingKind } from '../../models/ticket.js';
import type { Language } from '../../shared/i18n.js';

/** An appointment as calendars take it (RFC 5545, RFC 5546). */
export interface CalendarFileData {
  language: Language;
  /** The same for every version of one appointment. */
  id: string;
  /** Counts its versions from 0: a calendar keeps the highest. */
  sequence: number;
  method: 'REQUEST' | 'CANCEL';
  madeAt: Date;
  kind: BookingKind;
  /** Number of the ticket. */
  number: string;
  startsAt: Date;
  endsAt: Date;
  /** Room and house, or the Kanwil. */
  place: string;
  purpose: string;
  /** Of a visit. */
  code: string | null;
  /** Of the meeting; only an address of the web becomes one in the calendar. */
  link: string | null;
  /** Address of the office. */
  organiser: string;
  guest: { name: string; email: string } | null;
}
