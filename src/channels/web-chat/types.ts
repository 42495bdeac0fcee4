import type { Readable } from 'node:stream';
import type { InboundContent, OutboundMessage } from '../../conversation/channel.js';
import type { ChangeFeed } from '../../shared/change-feed.js';
import type { Clock } from '../../shared/clock.js';
import type { Texts } from '../../shared/i18n.js';
import type { Logger } from '../../shared/logger.js';

/** A stored file as a message shows it. */
export type FileReference = Omit<Extract<InboundContent, { kind: 'file' }>, 'kind' | 'caption'>;

export interface ConversationKey {
  channel: 'web-chat';
  account: string;
  address: string;
}

/** One line of a visitor's conversation. */
export interface ChatLine {
  /** The message's id: sorts in the order of the conversation. */
  id: string;
  /** Of the visitor's own messages: the provider id it was stored under. */
  providerId?: string;
  direction: 'in' | 'out';
  author: { kind: 'user' | 'bot' | 'staff' | 'system'; name?: string };
  content: OutboundMessage['content'];
  sentAt: Date;
  state: 'sent' | 'delivered' | 'read' | 'failed';
}

export interface HistoryPage {
  /** Oldest first. */
  items: ChatLine[];
  /** Where the next page in the same direction starts; null when there is none. */
  next: string | null;
}

/** What the live chat needs of the rest; the application hands it in. */
export interface WebChatPorts {
  clock: Clock;
  changes: ChangeFeed;
  texts: Texts;
  log: Logger;
  /** True when the page is reached by https: the session cookie then never travels in the open. */
  secureCookies: boolean;
  /** Address people reach the server by, where it differs from the Host header it sees. */
  publicUrl?: string | undefined;
  maxFileBytes: number;
  /** Where the built page lies, if not in dist/client/chat. */
  pageFolder?: URL;
  /** Other ways to reach the office, for people whose browser cannot run the page. */
  contact: { phone: string; whatsapp: string; email: string };
  /**
   * Stores an upload.
   * @throws DomainError `file-too-large`, `file-type-refused`, `file-empty`, `file-name-mismatch`
   */
  storeFile(upload: {
    stream: Readable;
    name: string;
    conversationKey: ConversationKey;
    now: Date;
  }): Promise<FileReference>;
  /** A file of this visitor's own conversation; undefined when it is not theirs. */
  openFile(address: string, fileId: string): Promise<{ file: FileReference; stream: Readable } | undefined>;
  /**
   * What this visitor may see: never notes or events. Without a cursor the newest `limit` lines; `before` an id the
   * `limit` lines just before it; `after` an id the first `limit` lines behind it.
   */
  history(address: string, page: { before?: string; after?: string; limit: number }): Promise<HistoryPage>;
  /** The conversation of this visitor, undefined before the first message. */
  conversationOf(address: string): Promise<string | undefined>;
  /** The page has received, or shown, every message to the visitor up to this one. */
  receipts(address: string, upTo: string, state: 'delivered' | 'read', now: Date): Promise<void>;
}
