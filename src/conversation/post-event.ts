import type { Conversation } from '../models/conversation.js';
import type { ConversationEvent, Message } from '../models/message.js';
import type { Engine } from './engine.js';
import { handleMessage } from './handle-message.js';
import { storeOnce } from './receive-message.js';

/**
 * Puts something that happened in the office into the conversation's inbox, where it gets its turn like a message: nothing is
 * lost by a crash, and the same event under the same key is told once.
 */
export async function postEvent(
  engine: Engine,
  conversation: Pick<Conversation, '_id' | 'channel' | 'account'>,
  event: ConversationEvent,
  key: string,
): Promise<void> {
  const now = engine.clock.now();
  const message: Message = {
    _id: engine.services.newId(),
    conversationId: conversation._id,
    direction: 'event',
    author: { kind: 'system' },
    content: { kind: 'event', event },
    channel: conversation.channel,
    account: conversation.account,
    providerId: `event:${event.name}:${key}`,
    sentAt: now,
    receivedAt: now,
    pending: true,
    processedAt: null,
    delivery: null,
  };
  const existing = await storeOnce(engine, message);
  if (existing === undefined) void engine.queue.run(conversation._id, () => handleMessage(engine, message));
}
