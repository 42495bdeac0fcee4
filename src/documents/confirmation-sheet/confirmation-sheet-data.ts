import type { IndonesianZone } from '../../shared/format-time.js';
import type { Language } from '../../shared/i18n.js';

/** What a Lembar Konfirmasi Kedatangan states (R-C7). */
export interface ConfirmationSheetData {
  /** The guest's: the sheet is written for them. */
  language: Language;
  /** Their zone; WIB is always written, theirs beside it (R-T1). */
  zone: IndonesianZone;
  /** Number of the ticket, DJPK-2026-000123. */
  number: string;
  /** `visitCode`; printed and as QR code. */
  code: string;
  /** When the time was agreed; the date of the sheet. */
  issuedAt: Date;
  startsAt: Date;
  endsAt: Date;
  /** Name of the room, and where the house is. */
  room: string;
  address: string;
  who: { name: string; agency: string; region: string | null };
  guests: readonly { name: string; position: string | null }[];
  purpose: string;
  /** The request letter: its number, and its date as yyyy-MM-dd. */
  letter: { number: string; date: string } | null;
  contact: { phone: string; whatsapp: string; email: string };
}
