import { Schema, type Connection, type Model } from 'mongoose';

/**
 * unit: Nota Dinas Koordinasi Pelaksanaan Video Conference to the unit (R-B4) · network-secretary: Kabag to Sesditjen PK ·
 * network-systems: Sesditjen PK to Direktur ESI · network-regional: Sesditjen PK to Kepala Pusintek and Kepala Kanwil (R-B5).
 */
export const LETTER_KINDS = ['unit', 'network-secretary', 'network-systems', 'network-regional'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

/** Officials of the secretariat, in the order a letter climbs. */
export const POSTS = ['pelaksana-msklip', 'kasubbag-msklip', 'kabag-hkk', 'sesditjen'] as const;
export type Post = (typeof POSTS)[number];

/** One station of a letter's way. */
export interface LetterStation {
  post: Post;
  act: 'type' | 'initial' | 'sign';
}

/** One step as it happened; never changed afterwards. */
export interface LetterEntry {
  /** The letter's version after it. */
  n: number;
  step: 'draft' | 'edit' | 'submit' | 'initial' | 'sign' | 'return' | 'withdraw';
  at: Date;
  byId: string | null;
  byName: string;
  post: Post | null;
  remark?: string;
}

/** A nota dinas on its way: typed, initialled (paraf), signed. */
export interface OfficialLetter {
  _id: string;
  appointmentId: string;
  ticketNumber: string;
  /** Unit that a letter of kind `unit` is for; its members may read it once it is signed. */
  unitCode: string | null;
  /** The agreed time it speaks of: a later one makes another letter of it. */
  startsAt: Date;
  kind: LetterKind;
  /** Drawn when it is signed. */
  number: string | null;
  /** yyyy-MM-dd; of the signature once signed. */
  date: string | null;
  state: 'draft' | 'circulating' | 'signed' | 'withdrawn';
  /** False once withdrawn, or replaced by a later one after the conference was moved. */
  open: boolean;
  /** Whose turn it is: index into `route`. */
  station: number;
  route: LetterStation[];
  /** Post whose turn it is; null once it is over. */
  turn: Post | null;
  addressees: string[];
  copies: string[];
  subject: string;
  body: string;
  thread: LetterEntry[];
  version: number;
  /** Papers of the signed letter. */
  pdfFileId: string | null;
  docxFileId: string | null;
  createdAt: Date;
  updatedAt: Date;
  /** How far the consequences (audit, number, papers, mails) have followed. */
  settledVersion: number;
  unsettled: boolean;
  nextSettleAt: Date;
}

export function defineOfficialLetters(connection: Connection): Model<OfficialLetter> {
  const schema = new Schema<OfficialLetter>(
    {
      _id: { type: String, required: true },
      appointmentId: { type: String, required: true },
      ticketNumber: { type: String, required: true },
      unitCode: { type: String, default: null },
      startsAt: { type: Date, required: true },
      kind: { type: String, required: true },
      number: { type: String, default: null },
      date: { type: String, default: null },
      state: { type: String, required: true },
      open: { type: Boolean, required: true },
      station: { type: Number, required: true },
      route: { type: Schema.Types.Mixed, required: true },
      turn: { type: String, default: null },
      addressees: { type: [String], required: true },
      copies: { type: [String], default: [] },
      subject: { type: String, required: true },
      body: { type: String, required: true },
      thread: { type: Schema.Types.Mixed, required: true },
      version: { type: Number, required: true },
      pdfFileId: { type: String, default: null },
      docxFileId: { type: String, default: null },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      settledVersion: { type: Number, default: 0 },
      unsettled: { type: Boolean, default: true },
      nextSettleAt: { type: Date, required: true },
    },
    { collection: 'officialLetters', versionKey: false, minimize: false },
  );
  // One letter of a kind for an appointment, unless it was withdrawn or replaced.
  schema.index(
    { appointmentId: 1, kind: 1 },
    { unique: true, partialFilterExpression: { open: true }, name: 'one-open' },
  );
  schema.index({ appointmentId: 1, _id: 1 });
  schema.index({ turn: 1, updatedAt: -1, _id: -1 });
  schema.index({ state: 1, updatedAt: -1, _id: -1 });
  schema.index({ unitCode: 1, state: 1, updatedAt: -1, _id: -1 });
  schema.index({ unsettled: 1, nextSettleAt: 1 }, { partialFilterExpression: { unsettled: true } });
  schema.index({ number: 1 }, { unique: true, partialFilterExpression: { number: { $type: 'string' } } });
  return connection.model<OfficialLetter>('OfficialLetter', schema);
}
