import type { Readable } from 'node:stream';
import type { InboundContent } from '../../conversation/channel.js';
import type { Clock } from '../../shared/clock.js';
import type { Language, Texts } from '../../shared/i18n.js';
import type { Logger } from '../../shared/logger.js';

/** A stored file as a message shows it. */
export type FileReference = Omit<Extract<InboundContent, { kind: 'file' }>, 'kind' | 'caption'>;

export interface EmailSettings {
  /** imap:// (STARTTLS where offered) or imaps://user:password@host:port */
  imapUrl: string;
  /** The mailbox that is read, mostly INBOX. */
  mailbox: string;
  /** Where letters go that were taken in. */
  doneFolder: string;
  /** Where letters go that nobody could read; people look at them there. */
  setAsideFolder: string;
  /** The office's address: letters to it arrive in the mailbox. */
  address: string;
  /** The name under which the office's mail server writes Authentication-Results. */
  authservId: string | undefined;
  /** Largest file a person may send, in bytes. */
  maxFileBytes: number;
}

/** How far the mailbox has been read. */
export interface Position {
  uidValidity: string;
  lastUid: number;
  since: Date;
  trying: { uid: number; times: number } | null;
}

/** What is remembered of a letter, to keep threads together. */
export interface StoredLetter {
  id: string;
  direction: 'in' | 'out';
  messageId: string;
  /** The conversation's address. */
  address: string;
  /** The person's e-mail address. */
  mailbox: string;
  subject: string;
  ticket: string | null;
  references: readonly string[];
  automatic: boolean;
  messageIds: readonly string[];
  at: Date;
}

/** A letter on its way out. */
export interface OutgoingLetter {
  messageId: string;
  to: string;
  subject: string;
  text: string;
  inReplyTo: string | undefined;
  references: readonly string[];
  /** Written by the bot: marked so, that no other program answers it (RFC 3834). */
  automatic: boolean;
  date: Date;
  attachments: readonly { filename: string; contentType: string; content: Readable }[];
}

/** What the channel needs of the rest; the application hands it in. */
export interface EmailPorts {
  clock: Clock;
  texts: Texts;
  log: Logger;
  /** Ways to reach the office, for the signature. */
  contact: { phone: string; whatsapp: string; email: string };
  /** Waits; ends early, without an error, when the signal is given. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /**
   * Stores a file of a letter.
   * @throws DomainError `file-too-large`, `file-type-refused`, `file-empty`, `file-name-mismatch`
   */
  storeFile(file: { content: Uint8Array; name: string; now: Date }): Promise<FileReference>;
  openFile: (fileId: string) => Promise<{ mimeType: string; read(): Readable }>;
  /** @throws ChannelError */
  sendMail(letter: OutgoingLetter): Promise<void>;
  /** A keyed digest of the text, hex: nobody else can make it. */
  sign: (text: string) => string;
  readPosition(box: string): Promise<Position | undefined>;
  writePosition(box: string, position: Position): Promise<void>;
  letters: LetterStore;
  /** In which language and by what name a conversation's person is written to. */
  addressee(conversationId: string): Promise<{ language: Language; name: string | undefined }>;
  /** Adds a note that only staff see; once under each key. */
  addNote(note: { conversationId: string; key: string; text: string }): Promise<void>;
  /** Messages that were taken by a mail server have come back. */
  noteUndelivered(messageIds: readonly string[], reason: string): Promise<void>;
  /** A mail of another part of the product came back. @returns false when none has this Message-ID */
  noteReturnedMail(messageId: string, reason: string): Promise<boolean>;
  undeliverable: {
    find(mailbox: string): Promise<{ reason: string; since: Date } | undefined>;
    mark(mailbox: string, reason: string, since: Date): Promise<void>;
    clear(mailbox: string): Promise<void>;
  };
}

export interface LetterStore {
  /** Saving one that is there changes nothing. */
  save(letter: StoredLetter): Promise<void>;
  find(id: string): Promise<StoredLetter | undefined>;
  /** Letters with these Message-IDs, to or from this mailbox, newest first. */
  withMessageIds(messageIds: readonly string[], mailbox?: string): Promise<StoredLetter[]>;
  /** Letters of a conversation, newest first. */
  latest(address: string, limit: number): Promise<StoredLetter[]>;
  /** How many letters the bot has written to a mailbox since then. */
  countAutomatic(mailbox: string, since: Date): Promise<number>;
  conversationOf(address: string): Promise<string | undefined>;
}
