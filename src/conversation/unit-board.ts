import type { FileReference } from '../models/message.js';

/** An Adaptive Card as JSON. The data of its actions begins with `v: 1`; what the rest means is its maker's business. */
export type AdaptiveCard = Readonly<Record<string, unknown>>;

/** Version of the data behind a card's actions that is understood. */
export const CARD_DATA_VERSION = 1;

/** A channel of a team, as cards are addressed to it. */
export interface UnitChannel {
  teamId: string;
  channelId: string;
  /** Where Microsoft takes posts for it. */
  serviceUrl: string;
  tenantId: string;
}

/** A channel that the bot has been let into. */
export interface KnownChannel extends UnitChannel {
  /** Null until the platform has named it. */
  teamName: string | null;
  channelName: string | null;
}

/** A card that stands in a thread or a chat. */
export interface PostedCard {
  /** The thread, or the chat with one person. */
  conversationId: string;
  activityId: string;
  serviceUrl: string;
}

/** Who acted, as the platform vouches for. */
export interface BoardPerson {
  /** Object id in the directory (Entra ID): the person, whatever they are called. */
  aadObjectId: string;
  name: string;
  /** Null for guests, and when the directory did not answer in time. */
  email: string | null;
}

/** Somebody pressed a button of a card. */
export interface CardAction {
  /** The same when the platform delivers again; a second press has another one. */
  activityId: string;
  at: Date;
  posted: PostedCard;
  person: BoardPerson;
  /** What the action carries together with the card's inputs. Written by the person's device: believe none of it unchecked. */
  data: Readonly<Record<string, unknown>> & { readonly v: typeof CARD_DATA_VERSION };
}

/** What the person who pressed is shown at once. */
export type CardAnswer = { kind: 'card'; card: AdaptiveCard } | { kind: 'message'; text: string };

/** Somebody wrote in the thread under a card. */
export interface ThreadReply {
  /** The same when the platform delivers again. */
  activityId: string;
  at: Date;
  /** The card that began the thread; its `activityId` is that of the first post. */
  posted: PostedCard;
  person: BoardPerson;
  text: string;
  files: readonly FileReference[];
  /** Names of attachments that could not be taken; the person is to be asked for them another way. */
  missingFiles: readonly string[];
}

/** What the office does with what units do. It may be called twice for one activity id when a process died in between. */
export interface UnitBoardListener {
  /** @throws Error when it could not be stored: the platform delivers again. */
  act(action: CardAction): Promise<CardAnswer>;
  /**
   * @returns false when the thread is none of the office's: the writer is told politely.
   * @throws Error when it could not be stored: the platform delivers again.
   */
  reply(reply: ThreadReply): Promise<boolean>;
}

/**
 * Where technical units work outside the console: transport only, it knows no rule of an escalation. Every call ends in a
 * ChannelError when it fails; a permanent one means that this unit or person cannot be reached here.
 */
export interface UnitBoard {
  /** Posts a card as a new thread. `summary` is the line of the notification. @throws ChannelError */
  post(channel: UnitChannel, card: AdaptiveCard, summary: string): Promise<PostedCard>;
  /** Shows another card in its place; the same one again does no harm. @throws ChannelError */
  update(posted: PostedCard, card: AdaptiveCard): Promise<void>;
  /** Writes plain text in the thread or chat of a card. @returns the activity id @throws ChannelError */
  reply(posted: PostedCard, text: string): Promise<string>;
  /** A card for one person, in their own chat with the bot. @throws ChannelError */
  sendToPerson(aadObjectId: string, card: AdaptiveCard, summary: string): Promise<PostedCard>;
  /** Plain text for one person, in their own chat with the bot. @throws ChannelError */
  tellPerson(aadObjectId: string, text: string): Promise<void>;
  /** Every channel the bot is in now. */
  channels(): Promise<KnownChannel[]>;
  /** Hands on what units do from now on; there is one listener. */
  listen(listener: UnitBoardListener): void;
}
