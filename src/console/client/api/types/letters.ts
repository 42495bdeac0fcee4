import type { Post } from './account.js';
import type { FileRef } from './messages.js';

export type LetterKind = 'unit' | 'network-secretary' | 'network-systems' | 'network-regional';
export type LetterState = 'draft' | 'circulating' | 'signed' | 'withdrawn';
export type LetterStepName = 'edit' | 'submit' | 'initial' | 'sign' | 'return' | 'withdraw';

export interface LetterSummary {
  id: string;
  version: number;
  kind: LetterKind;
  state: LetterState;
  /** A later letter followed it. */
  replaced: boolean;
  appointmentId: string;
  ticketNumber: string;
  number: string | null;
  /** yyyy-MM-dd. */
  date: string | null;
  from: Post;
  subject: string;
  addressees: string[];
  turn: Post | null;
  mine: boolean;
  /** Of the conference. */
  startsAt: string;
  updatedAt: string;
}

export interface LetterStation {
  post: Post;
  act: 'type' | 'initial' | 'sign';
  name: string | null;
  at: string | null;
  current: boolean;
}

export interface LetterText {
  addressees: string[];
  copies: string[];
  subject: string;
  body: string;
}

export interface Letter extends LetterSummary, LetterText {
  way: LetterStation[];
  thread: {
    n: number;
    step: LetterStepName | 'draft';
    at: string;
    byId: string | null;
    byName: string;
    post: Post | null;
    remark?: string;
  }[];
  files: FileRef[];
  allowed: LetterStepName[];
}

export type LetterStepRequest =
  | { step: 'edit'; text: LetterText }
  | { step: 'submit' | 'initial' | 'sign' }
  | { step: 'return' | 'withdraw'; remark: string };
