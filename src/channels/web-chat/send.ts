import { ChannelError, type OutboundMessage } from '../../conversation/channel.js';
import type { LiveFeed } from './live-feed.js';

/**
 * The page reads the conversation itself, so there is nothing to transmit: open pages are told to look, and find the
 * message once its line is stored. Delivered and read come back as receipts of the page.
 * @throws ChannelError `not-started`
 */
export function send(message: OutboundMessage, feed: LiveFeed | undefined): 'sent' {
  if (feed === undefined) throw new ChannelError('not-started', false);
  feed.bind(message.address, message.conversationId);
  feed.wake(message.address);
  return 'sent';
}
