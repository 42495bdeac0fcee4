import type { Message } from '../models/message.js';
import type { Engine } from './engine.js';

interface Page {
  conversationId: string;
  /** Message ids; at most one of them. */
  before?: string | undefined;
  after?: string | undefined;
  limit: number;
  /** Whether notes of staff are included. */
  notes: boolean;
}

/**
 * A page of a conversation, oldest first: the latest one, or the one before or after a message.
 * `next` continues in the same direction.
 */
export async function readMessages(
  engine: Engine,
  { conversationId, before, after, limit, notes }: Page,
): Promise<{ items: Message[]; next: string | null }> {
  const shown: Message['direction'][] = notes ? ['in', 'out', 'note'] : ['in', 'out'];
  const range = after ? { _id: { $gt: after } } : before ? { _id: { $lt: before } } : {};
  const found = await engine.services.models.messages
    .find({ conversationId, direction: { $in: shown }, ...range })
    .sort({ _id: after ? 1 : -1 })
    .limit(limit + 1)
    .lean();
  const items = found.slice(0, limit);
  const next = found.length > limit ? (items.at(-1)?._id ?? null) : null;
  return { items: after ? items : items.reverse(), next };
}
