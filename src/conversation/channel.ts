import type { ChannelName } from '../shared/channel-name.js';
import type { PairingPort } from './pairing.js';
import type { UnitBoard } from './unit-board.js';
import type { Content, FileReference, RefusedFileReason, UnsupportedKind } from '../models/message.js';

/** What a platform can show; asked before rendering. */
export interface ChannelCapabilities {
  /** Buttons beside a message; 0 = choices are written as a numbered list. */
  readonly maxButtons: number;
  /** Longest text of one message, in UTF-16 units; longer ones are split. */
  readonly maxTextLength: number;
  /** The platform vouches for the user's phone number. */
  readonly knowsPhone: boolean;
  readonly knowsEmail: boolean;
  readonly sendsFiles: boolean;
  /**
   * Present where people write letters rather than bubbles: what is said within `gatherSeconds` goes out together, and the
   * dialogs ask for everything at once.
   */
  readonly letters?: { readonly gatherSeconds: number };
}

/** What a user sent, as every channel understands it. Nothing is dropped: what has no kind is `unsupported`. */
export type InboundContent =
  /** `replaces`: the provider id of an earlier message whose words these are now. */
  | { kind: 'text'; text: string; replaces?: string }
  | { kind: 'choice'; choice: string; text: string }
  | ({ kind: 'file'; caption?: string } & FileReference)
  | { kind: 'refused-file'; name: string; reason: RefusedFileReason }
  | { kind: 'unsupported'; what: UnsupportedKind };

/** One message from a user. */
export interface InboundMessage {
  channel: ChannelName;
  account: string;
  /** The user's address on the channel. */
  address: string;
  /** The platform's message id: unique per channel and account. */
  providerId: string;
  /** When the platform says it was sent. */
  sentAt: Date;
  content: InboundContent;
  /** What the platform vouches for: contacts are recognised and merged by it. */
  known?: { phone?: string; email?: string; name?: string };
  /** The address somebody claims to write from, which anybody may claim: not asked for again, but no proof of who they are. */
  claimedEmail?: string;
}

/** One message to a user. */
export interface OutboundMessage {
  /** Ours, and the same at every attempt. */
  id: string;
  conversationId: string;
  address: string;
  author: { kind: 'bot' | 'staff' | 'system' | 'user'; name?: string };
  content: Content;
}

export interface ChannelHealth {
  state: 'up' | 'down' | 'starting';
  /** Why it is down, for people. */
  reason?: string;
}

/** A channel in numbers, for whoever watches the service. */
export interface ChannelStatus {
  state: ChannelHealth['state'];
  /** Since the process started; null before the first. */
  lastInboundAt: Date | null;
  /** When the platform last confirmed a message of ours. */
  lastConfirmedOutboundAt: Date | null;
  /** Seconds since the oldest message that the platform has not confirmed was first to be sent; 0 when there is none. */
  queueAge: number;
}

/** What a channel needs of the engine. */
export interface Inbox {
  /** Stores the message durably; only then may the channel acknowledge it to the platform. */
  receive(
    message: InboundMessage,
  ): Promise<{ conversationId: string; messageId: string; duplicate: boolean }>;
}

/** A platform: transport only. */
export interface Channel {
  readonly name: ChannelName;
  readonly account: string;
  readonly capabilities: ChannelCapabilities;
  start(inbox: Inbox): Promise<void>;
  /**
   * Where present, messages that wait together are handed over as one, oldest first; the same ones at every attempt.
   * @throws ChannelError for all of them
   */
  sendTogether?(messages: readonly OutboundMessage[]): Promise<'sent' | 'delivered'>;
  /**
   * Hands one message to the platform.
   * @returns what the platform is known to have done with it.
   * @throws ChannelError
   */
  send(message: OutboundMessage): Promise<'sent' | 'delivered'>;
  health(): ChannelHealth;
  /** Channels that do not know are described by what the database says. */
  status?(): ChannelStatus;
  /** Of a channel that has to be linked to a device before it works. */
  readonly pairing?: PairingPort;
  /** Of a channel in which technical units work, too. */
  readonly board?: UnitBoard;
  stop(): Promise<void>;
}

/** A platform refused or did not answer. `permanent` messages are not tried again. */
export class ChannelError extends Error {
  override readonly name = 'ChannelError';

  constructor(
    /** For the agent, e.g. `recipient-unknown`. */
    readonly reason: string,
    readonly permanent: boolean,
    /** Milliseconds the platform asks us to wait. */
    readonly retryAfter?: number,
    options: ErrorOptions & { attempted?: boolean } = {},
  ) {
    super(reason, options);
    this.attempted = options.attempted ?? true;
  }

  /** False when the platform was not even asked; a message is not given up for that, however long it lasts. */
  readonly attempted: boolean;
}
