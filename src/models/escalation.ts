import { Schema, type Connection, type Model } from 'mongoose';
import type { FileReference } from './message.js';

/**
 * sent: the unit has it, nobody there yet · claimed: a member works on it · asking: waits for the user's answer ·
 * submitted: an answer lies with the Kepala Subdit · approved, declined, withdrawn: over.
 */
export const ESCALATION_STATES = [
  ...(['sent', 'claimed', 'asking', 'submitted'] as const),
  ...(['approved', 'declined', 'withdrawn'] as const),
] as const;
export type EscalationState = (typeof ESCALATION_STATES)[number];
export type OpenEscalationState = Exclude<EscalationState, 'approved' | 'declined' | 'withdrawn'>;

/** What can happen to one; `user-answer` is the answer to what `ask-user` asked. */
export const ESCALATION_STEPS = [
  ...(['escalate', 'claim', 'answer', 'ask-user', 'user-answer', 'pass-on'] as const),
  ...(['decline', 'approve', 'return', 'withdraw'] as const),
] as const;
export type EscalationStep = (typeof ESCALATION_STEPS)[number];

/** One step as it happened; never changed afterwards. */
export interface EscalationEntry {
  /** 1 for the first step, then one more each: the escalation's version after it. */
  n: number;
  step: EscalationStep;
  at: Date;
  /** Null when the product acted: the bot, a topic's data, the end of the ticket. */
  byId: string | null;
  byName: string;
  /** Unit that had it before the step. */
  unitCode: string;
  /** Answer, question, reason, remark. */
  text?: string;
  legalBasis?: string[];
  files?: FileReference[];
  toUnitCode?: string;
  /** Makes a step that comes twice the same step: the turn of the conversation it comes from. */
  key?: string;
}

export interface EscalationAnswer {
  text: string;
  legalBasis: string[];
  files: FileReference[];
  byId: string;
  byName: string;
  at: Date;
}

/** A card that stands in a thread or a chat of a platform. */
export interface CardPlace {
  conversationId: string;
  activityId: string;
  serviceUrl: string;
}

/** Its cards on a platform, and how much they show and what was said under them. */
export interface EscalationCard {
  /** In the unit's channel; null while it could not be posted, or the unit has none. */
  thread: (CardPlace & { unitCode: string; channelId: string }) | null;
  /** In the chat of whoever approves: for the answer with that number in the thread. */
  approval: (CardPlace & { staffId: string; answer: number }) | null;
  /** Version up to which, and number of the reminder up to which, members were told in words: a card that changes tells nobody. */
  toldVersion: number;
  toldReminders: number;
  /** Attempts in a row that failed, and why the latest did; a code. */
  failures: number;
  reason: string | null;
}

/** One question laid before a Unit Eselon III, until its answer is back with the agent (R-A5). */
export interface Escalation {
  _id: string;
  ticketId: string;
  ticketNumber: string;
  /** Who has it now. */
  unitCode: string;
  state: EscalationState;
  /** True for the first four states: a ticket has one open escalation at most. */
  open: boolean;
  summary: string;
  question: string;
  files: FileReference[];
  /** When the agent needs the answer. */
  dueAt: Date;
  /** It is the ticket's own date (R-A4) and moves with it; false when an agent chose another. */
  dueFollowsTicket?: boolean;
  sentAt: Date;
  sentById: string | null;
  sentByName: string;
  /** Member who works on it; null exactly while it is `sent`. */
  assigneeId: string | null;
  assigneeName: string | null;
  /** The latest answer of the unit; once approved as the head approved it. */
  answer: EscalationAnswer | null;
  /** Number of the entry with the question that the user has not answered. */
  askedEntry: number | null;
  thread: EscalationEntry[];
  /** Number of the latest entry; guards every step. */
  version: number;
  updatedAt: Date;
  /** How far the consequences (facts, audit, ticket, conversation) have followed; swept by a job, so that a crash loses nothing. */
  settledVersion: number;
  unsettled: boolean;
  /** When unsettled consequences are taken up (again). */
  nextSettleAt: Date;
  /** Reminders since the latest step: 1 the unit, 2 the supervisor. */
  reminders: number;
  /** When whoever has to act is reminded; never outside hours. */
  nextNoticeAt: Date | null;
  /** Null until it was first tried. */
  card: EscalationCard | null;
  /** When a card has to be posted or brought up to date; null while it shows `version`. */
  nextCardAt: Date | null;
  /** Until when one process alone posts and changes its cards. */
  cardHeldUntil?: Date | null;
  /** Makes an escalation by itself happen once: the ticket it is for. */
  openingKey: string | null;
}

export function defineEscalations(connection: Connection): Model<Escalation> {
  const schema = new Schema<Escalation>(
    {
      _id: { type: String, required: true },
      ticketId: { type: String, required: true },
      ticketNumber: { type: String, required: true },
      unitCode: { type: String, required: true },
      state: { type: String, required: true },
      open: { type: Boolean, required: true },
      summary: { type: String, default: '' },
      question: { type: String, required: true },
      files: { type: Schema.Types.Mixed, default: () => [] },
      dueAt: { type: Date, required: true },
      dueFollowsTicket: { type: Boolean, default: false },
      sentAt: { type: Date, required: true },
      sentById: { type: String, default: null },
      sentByName: { type: String, required: true },
      assigneeId: { type: String, default: null },
      assigneeName: { type: String, default: null },
      answer: { type: Schema.Types.Mixed, default: null },
      askedEntry: { type: Number, default: null },
      thread: { type: Schema.Types.Mixed, required: true },
      version: { type: Number, required: true },
      updatedAt: { type: Date, required: true },
      settledVersion: { type: Number, default: 0 },
      unsettled: { type: Boolean, default: true },
      nextSettleAt: { type: Date, required: true },
      reminders: { type: Number, default: 0 },
      nextNoticeAt: { type: Date, default: null },
      card: { type: Schema.Types.Mixed, default: null },
      nextCardAt: { type: Date, default: null },
      cardHeldUntil: { type: Date, default: null },
      openingKey: { type: String, default: null },
    },
    { collection: 'escalations', versionKey: false, minimize: false },
  );
  schema.index({ ticketId: 1 }, { unique: true, partialFilterExpression: { open: true }, name: 'one-open' });
  schema.index(
    { openingKey: 1 },
    { unique: true, partialFilterExpression: { openingKey: { $type: 'string' } } },
  );
  schema.index({ ticketId: 1, _id: -1 });
  schema.index({ unitCode: 1, open: 1, dueAt: 1, _id: 1 });
  schema.index({ unitCode: 1, state: 1, dueAt: 1, _id: 1 });
  schema.index({ unitCode: 1, open: 1, updatedAt: -1, _id: -1 });
  schema.index({ open: 1, dueAt: 1, _id: 1 });
  schema.index({ state: 1, dueAt: 1, _id: 1 });
  schema.index({ open: 1, updatedAt: -1, _id: -1 });
  schema.index({ assigneeId: 1, open: 1, dueAt: 1, _id: 1 });
  schema.index({ unsettled: 1, nextSettleAt: 1 }, { partialFilterExpression: { unsettled: true } });
  schema.index({ nextNoticeAt: 1 }, { partialFilterExpression: { nextNoticeAt: { $type: 'date' } } });
  schema.index({ nextCardAt: 1 }, { partialFilterExpression: { nextCardAt: { $type: 'date' } } });
  schema.index(
    { 'card.thread.conversationId': 1 },
    { partialFilterExpression: { 'card.thread.conversationId': { $type: 'string' } } },
  );
  return connection.model<Escalation>('Escalation', schema);
}
