import type { ChannelName } from '../shared/channel-name.js';
import type { Engine } from './engine.js';
import { storeOnce } from './receive-message.js';

interface ChannelNote {
  conversationId: string;
  channel: ChannelName;
  /** Whose word it is, e.g. "E-mail". */
  author: string;
  /** The same note under the same key is added once. */
  key: string;
  text: string;
}

/** A note of a channel that only staff see: what it knows of a message beyond its words. */
export async function addChannelNote(
  engine: Engine,
  { conversationId, channel, author, key, text }: ChannelNote,
): Promise<void> {
  const now = engine.clock.now();
  const _id = engine.services.newId();
  const existing = await storeOnce(engine, {
    ...{ _id, conversationId, channel, account: 'note', providerId: key },
    ...{ direction: 'note', author: { kind: 'system', name: author }, content: { kind: 'text', text } },
    ...{ sentAt: now, receivedAt: now, pending: false, processedAt: null, delivery: null },
  });
  if (existing === undefined) engine.services.changes.publish({ topic: 'message', id: _id, conversationId });
}
