import type { Readable } from 'node:stream';
import type { InboundContent } from '../../conversation/channel.js';
import type { Clock } from '../../shared/clock.js';
import type { NewId, Random } from '../../shared/ids.js';
import type { Logger } from '../../shared/logger.js';
import type { Timers } from './timers.js';

/** A stored file as a message shows it. */
export type FileReference = Omit<Extract<InboundContent, { kind: 'file' }>, 'kind' | 'caption'>;

/** Who has a number now; every write carries it, so that one who lost the number cannot write any more. */
export interface Lease {
  readonly account: string;
  readonly owner: string;
  readonly fence: number;
  /** Counts the pairings of the number. */
  readonly generation: number;
}

export interface LeasedAccount {
  lease: Lease;
  /** Sealed. */
  credentials: string | null;
}

export interface KeyName {
  type: string;
  id: string;
}

export interface KeyWrite extends KeyName {
  /** Sealed; null deletes. */
  value: string | null;
}

/** Another process has taken the number. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}

export interface Contact {
  /** The address of the person's conversation. */
  address: string;
  /** Digits of the phone number, where known. */
  pn: string | null;
  lid: string | null;
  /** JID the person wrote from last. */
  replyTo: string | null;
}

/** How a person appears in a stanza. */
export interface Sighting {
  pn?: string;
  lid?: string;
  /** JID the person wrote from; left out when it was not they who wrote. */
  replyTo?: string;
}

/** A decrypted message, before the inbox has it. */
export interface JournalEntry {
  address: string;
  messageId: string;
  fromMe: boolean;
  sentAt: Date;
  /** Sealed message of the protocol. */
  payload: string;
}

export interface JournalRow extends JournalEntry {
  id: string;
}

export interface OutboxRow {
  /** The platform's message id. */
  id: string;
  address: string;
  messageId: string;
  /** Sealed message of the protocol. */
  payload: string;
  state: 'queued' | 'confirmed' | 'refused';
  code: string | null;
}

/** What of WhatsApp outlives the process. Of one account; everything secret arrives sealed. */
export interface WhatsAppStore {
  /** @returns undefined while another process has the number. */
  acquire(owner: string, now: Date, until: Date): Promise<LeasedAccount | undefined>;
  /** @throws LeaseLostError */
  renew(lease: Lease, until: Date): Promise<void>;
  release(lease: Lease): Promise<void>;
  /** @throws LeaseLostError */
  saveCredentials(lease: Lease, sealed: string): Promise<void>;
  /**
   * Begins another pairing with no keys; what belongs to the one before is kept apart.
   * @throws LeaseLostError
   */
  beginPairing(lease: Lease, now: Date): Promise<Lease>;
  readKeys(lease: Lease, names: readonly KeyName[]): Promise<KeyWrite[]>;
  /**
   * Writes all of them or, as far as a later reader can see, none.
   * @throws LeaseLostError
   */
  writeKeys(lease: Lease, writes: readonly KeyWrite[]): Promise<void>;

  /** The contact of a person, found by either name, made when new; two that turn out to be one are merged. */
  seeContact(sighting: Sighting): Promise<Contact>;
  findContact(address: string): Promise<Contact | undefined>;

  /** @returns false when it is known already. */
  journal(entry: JournalEntry, now: Date): Promise<boolean>;
  /** Addresses with something the inbox does not have yet. */
  pendingAddresses(): Promise<string[]>;
  nextPending(address: string): Promise<JournalRow | undefined>;
  /** The inbox has it. */
  settle(id: string): Promise<void>;

  /** Keeps what is about to be sent; what is there already stays as it is. */
  queueOutbound(row: Pick<OutboxRow, 'id' | 'address' | 'messageId' | 'payload'>, now: Date): Promise<void>;
  findOutbound(id: string): Promise<OutboxRow | undefined>;
  noteOutbound(id: string, state: 'confirmed' | 'refused', code?: string): Promise<void>;
}

/** What the channel needs of the rest; the application hands it in. */
export interface WhatsAppPorts {
  /** Our name for the number. */
  account: string;
  /** Token of this process in the lease. */
  owner: string;
  clock: Clock;
  timers: Timers;
  random: Random;
  newId: NewId;
  log: Logger;
  store: WhatsAppStore;
  /** 32 bytes; credentials, keys and messages on their way lie in the database sealed with it. */
  key: Buffer;
  /** Version of WhatsApp Web to say we are; undefined for the one the library knows. */
  version: readonly [number, number, number] | undefined;
  /** Shows the number as online: read receipts turn blue, and the owner's phone stays silent. */
  showOnline: boolean;
  maxFileBytes: number;
  /**
   * Stores a file of a user.
   * @throws DomainError `file-too-large`, `file-type-refused`, `file-empty`, `file-name-mismatch`
   */
  storeFile(upload: { stream: Readable; name: string; address: string; now: Date }): Promise<FileReference>;
  /** @throws DomainError `not-found` */
  openFile(fileId: string): Promise<{ file: FileReference; stream: Readable }>;
  /** The user's phone has received, or shown, the office's message. */
  receipt(messageId: string, state: 'delivered' | 'read', now: Date): Promise<void>;
  /** Somebody typed to a user on the office's own phone: a person has the conversation now. */
  ownerWrote(message: {
    address: string;
    providerId: string;
    text: string;
    sentAt: Date;
    phone: string | null;
  }): Promise<void>;
  /** Where the server is; only tests give one. */
  server?: { url: string; mediaHost?: string; keepAliveMs?: number; qrMs?: number };
}
