/** What travels between the page and the server, as JSON. Types only: the page imports them too. */

export type WireState = 'sent' | 'delivered' | 'read' | 'failed';

export interface WireChoice {
  id: string;
  title: string;
}

export interface WireFile {
  fileId: string;
  name: string;
  mimeType: string;
  /** Bytes. */
  size: number;
}

export type WireRefusedReason = 'too-large' | 'type' | 'empty' | 'name-mismatch' | 'unreadable';

export type WireContent =
  | { kind: 'text'; text: string; choices?: WireChoice[]; numbered?: boolean }
  | { kind: 'choice'; choice: string; text: string }
  | ({ kind: 'file'; caption?: string } & WireFile)
  | { kind: 'refused-file'; name: string; reason: WireRefusedReason }
  | { kind: 'unsupported'; what: string };

/** One bubble. A long message is several bubbles: their ids are `<message id>~2`, `~3`, … */
export interface WireLine {
  id: string;
  /** The id the page gave its own message, so that it recognises it. */
  clientId?: string;
  direction: 'in' | 'out';
  author: { kind: 'user' | 'bot' | 'staff' | 'system'; name?: string };
  content: WireContent;
  /** ISO 8601, UTC. */
  sentAt: string;
  state: WireState;
}

export interface WirePage {
  items: WireLine[];
  /** Pass as `before` (or `after`, when paging forward) for more; null at the end. */
  next: string | null;
}

export interface WireSession {
  /** Bytes. */
  maxFileBytes: number;
  maxTextLength: number;
  contact: WireContact;
}

export interface WireContact {
  phone: string;
  whatsapp: string;
  email: string;
}

export interface WireAccepted {
  id: string;
  clientId: string;
  duplicate: boolean;
}

export interface WireError {
  error: { code: string; message: string; retryAfterSeconds?: number };
}

/** Event `state`: what became of one of the visitor's own messages. */
export interface WireStateChange {
  id: string;
  state: WireState;
}
