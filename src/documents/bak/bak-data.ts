import type { BookingKind } from '../../models/ticket.js';

/** The conference or visit in which the consultation took place (R-B6, R-C8). */
export interface BakSession {
  kind: BookingKind;
  startsAt: Date;
  endsAt: Date;
  /** Room or Kanwil; for a conference by application its meeting. */
  place: string;
  link?: string | undefined;
  recordingUrl?: string | undefined;
  /** Names with positions of the guests who were there. */
  guests: readonly string[];
}

/** What a Berita Acara Konsultasi states (R-A6): parties, question, answer and their times. */
export interface BakFacts {
  /** "BAK-000123/DJPK/2026" */
  number: string;
  /** 0 for the first issue, then counted up; printed from 1 on. */
  revision: number;
  issuedAt: Date;
  ticketNumber: string;
  /** Name of the channel as people know it: "Live Chat", "WhatsApp". */
  channel: string;
  user: {
    name: string;
    position?: string | undefined;
    agency?: string | undefined;
    region?: string | undefined;
    email?: string | undefined;
    phone?: string | undefined;
  };
  officer: { name: string; position?: string | undefined; unit?: string | undefined };
  topic: string;
  /** Absent where question and answer were written. */
  session?: BakSession | undefined;
  receivedAt: Date;
  answeredAt: Date;
  question: string;
  /** File names of what the user sent along. */
  attachments: readonly string[];
  answer: string;
  legalBasis: readonly string[];
}

/** The facts with what lets a reader check them. */
export interface BakData extends BakFacts {
  verificationUrl: string;
  verificationCode: string;
  /** `bakContentHash` of the facts. */
  contentHash: string;
}
