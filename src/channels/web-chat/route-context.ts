import type { InboundMessage } from '../../conversation/channel.js';
import type { LiveFeed } from './live-feed.js';
import type { WebChatPorts } from './types.js';

/** What the routes share. */
export interface RouteContext {
  readonly ports: WebChatPorts;
  /** Stores the message; once it returns the page may be told so. @throws Refusal `unavailable` */
  receive(message: InboundMessage): Promise<{ messageId: string; duplicate: boolean }>;
  /** Counts a message of this visitor. @throws Refusal `too-fast` */
  limitRate(address: string, ip: string): void;
  /** Counts a request that stores no message. @throws Refusal `too-many-requests` */
  limitReads(address: string, ip: string): void;
  /** Counts an upload of this visitor; the function returned counts its bytes. Both throw Refusal `too-many-files`. */
  countUpload(address: string, ip: string): (bytes: number) => void;
  /** @throws Refusal `unavailable` before the channel has started */
  feed(): LiveFeed;
}
