/** An activity as it is sent; only what the product uses. */
export interface OutgoingActivity {
  type: 'message';
  text?: string;
  textFormat?: 'plain' | 'xml';
  /** The line of a notification when there is no text. */
  summary?: string;
  attachments?: readonly OutgoingAttachment[];
  channelData?: Readonly<Record<string, unknown>>;
}

export interface OutgoingAttachment {
  contentType: string;
  name?: string;
  contentUrl?: string;
  content?: unknown;
}

/** Where something is sent. */
export interface Target {
  serviceUrl: string;
  conversationId: string;
}

/** Opens a thread in a channel, or the chat with one person. */
export type NewConversation =
  | { kind: 'thread'; channelId: string; tenantId: string; activity: OutgoingActivity }
  | { kind: 'person'; userId: string; tenantId: string };

/** Somebody as the directory knows them. */
export interface Member {
  aadObjectId: string | null;
  name: string | null;
  email: string | null;
}

/**
 * The one door to the Bot Connector: everything that a library of Microsoft does for us. One call is one request: nothing
 * is tried again inside. Every failure is a TeamsFailure, free of secrets and of what was sent.
 */
export interface BotConnector {
  /** @returns the activity id @throws TeamsFailure */
  send(target: Target, activity: OutgoingActivity, signal: AbortSignal): Promise<string>;
  /** @throws TeamsFailure */
  update(target: Target, activityId: string, activity: OutgoingActivity, signal: AbortSignal): Promise<void>;
  /** @throws TeamsFailure */
  open(
    serviceUrl: string,
    wanted: NewConversation,
    signal: AbortSignal,
  ): Promise<{ conversationId: string; activityId: string }>;
  /** @throws TeamsFailure */
  member(target: Target, userId: string, signal: AbortSignal): Promise<Member>;
}
