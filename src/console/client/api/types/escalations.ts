import type { FileRef } from './messages.js';

export type EscalationState =
  'sent' | 'claimed' | 'asking' | 'submitted' | 'approved' | 'declined' | 'withdrawn';

export type EscalationStepName =
  'claim' | 'answer' | 'ask-user' | 'user-answer' | 'pass-on' | 'decline' | 'approve' | 'return' | 'withdraw';

export interface UnitName {
  code: string;
  name: string;
}

export interface EscalationSummary {
  id: string;
  version: number;
  state: EscalationState;
  open: boolean;
  ticketNumber: string;
  unit: UnitName;
  asker: { name: string | null; agency: string | null; regionName: string | null };
  summary: string;
  question: string;
  sentAt: string;
  sentByName: string;
  dueAt: string;
  overdue: boolean;
  assignee: { id: string; name: string } | null;
  reminders: number;
  updatedAt: string;
}

export interface ThreadLine {
  /** The version after the step. */
  n: number;
  step: EscalationStepName | 'escalate';
  at: string;
  byId: string | null;
  byName: string;
  unit: UnitName;
  toUnit?: UnitName;
  text?: string;
  legalBasis?: string[];
  files?: FileRef[];
  /** Since the step before. */
  workingMinutes: number;
}

export interface EscalationAnswer {
  text: string;
  legalBasis: string[];
  files: FileRef[];
  byId: string;
  byName: string;
  at: string;
}

export interface Escalation extends EscalationSummary {
  files: FileRef[];
  answer: EscalationAnswer | null;
  openQuestion: { n: number; text: string; at: string } | null;
  /** Why its card in Teams is not up to date, a code. */
  cardFailure: string | null;
  thread: ThreadLine[];
  /** From the first step to the last, or to now. */
  workingMinutes: number;
  allowed: EscalationStepName[];
}

/** With its Adaptive Card in the reader's language. */
export interface EscalationWithCard {
  escalation: Escalation;
  card: Record<string, unknown>;
}

export interface StepRequest {
  step: EscalationStepName;
  version: number;
  text?: string;
  legalBasis?: string[];
  fileIds?: string[];
  toUnitCode?: string;
}
