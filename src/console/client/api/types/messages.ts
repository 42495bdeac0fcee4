import type { ChannelName } from './channels.js';

export interface FileRef {
  fileId: string;
  name: string;
  mimeType: string;
  /** Bytes. */
  size: number;
}

export type Content =
  | { kind: 'text'; text: string; choices?: { id: string; title: string }[]; replaces?: string }
  | { kind: 'choice'; choice: string; text: string }
  | ({ kind: 'file'; caption?: string } & FileRef)
  | { kind: 'refused-file'; name: string; reason: string }
  | { kind: 'unsupported'; what: string };

export interface Message {
  /** ULID: the order of the conversation. */
  id: string;
  direction: 'in' | 'out' | 'note';
  channel: ChannelName;
  author: { kind: 'user' | 'bot' | 'staff' | 'system'; name?: string | null };
  content: Content;
  sentAt: string;
  receivedAt: string;
  delivery: { state: 'queued' | 'sent' | 'delivered' | 'read' | 'failed'; reason: string | null } | null;
}
