import type { Readable } from 'node:stream';
import type { InboundContent } from '../../conversation/channel.js';
import type { Clock } from '../../shared/clock.js';
import type { Texts } from '../../shared/i18n.js';
import type { Logger } from '../../shared/logger.js';

/** A stored file as a message shows it. */
export type FileReference = Omit<Extract<InboundContent, { kind: 'file' }>, 'kind' | 'caption'>;

/** What Telegram needs; the application hands it in. */
export interface TelegramPorts {
  clock: Clock;
  texts: Texts;
  log: Logger;
  /** From @BotFather, `<bot id>:<secret>`. Never logged, never part of an error or of anything stored. */
  token: string;
  /** Where the Bot API answers, without trailing slash. */
  apiRoot: string;
  /** Where Telegram posts updates and what it proves itself with; without it updates are polled for. */
  webhook?: { url: string; secret: string };
  /** The office's own limit for one file. */
  maxFileBytes: number;
  /** Resolves after so many milliseconds, or as soon as the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Is aborted after so many milliseconds. */
  deadline: (milliseconds: number) => AbortSignal;
  /**
   * Stores a file of the user.
   * @throws DomainError `file-too-large`, `file-type-refused`, `file-empty`, `file-name-mismatch`
   */
  storeFile(upload: { stream: Readable; name: string; address: string; now: Date }): Promise<FileReference>;
  /**
   * The bytes of a file that a message to the user carries.
   * @throws DomainError `not-found`
   */
  openFile(fileId: string): Promise<Readable>;
  /** Whether this choice may be picked in this user's conversation now. */
  isOffered(address: string, choice: string): Promise<boolean>;
  /** The ticket that a `/start` link was signed for; undefined for any other payload. */
  ticketOfLink: (payload: string) => string | undefined;
  /** The user has blocked the bot, or has let it in again. */
  noteReachable(address: string, reachable: boolean): Promise<void>;
  /** The bot's public name, for links to it. */
  noteUsername(username: string): Promise<void>;
}
