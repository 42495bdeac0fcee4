import { ChannelError, type OutboundMessage } from '../../conversation/channel.js';
import type { LiveFeed } from './live-feed.js';

/**
 * The page reads the conversation itself, so a message counts as sent once it is stored, which it is before it comes
 * here; open pages are told to look. Delivered and read come back as receipts of the page.
 * @throws ChannelError `not-started`
 */
export function send(message: OutboundMessage, feed: LiveFeed | undefined): 'sent' {
  if (feed === undefined) throw new ChannelError('not-started', false);
  feed.bind(message.address, message.conversationId);
  feed.wake(message.address);
  return 'sent';
}
