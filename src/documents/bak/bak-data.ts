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
