import type { Message } from '../models/message.js';
import type { Engine } from './engine.js';

interface Page {
  /** Of one person. */
  conversationIds: readonly string[];
  /** Message ids; at most one of them. */
  before?: string | undefined;
  after?: string | undefined;
  limit: number;
  /** For staff: with notes, and only what belongs to these complaints and suggestions; null is what belongs to none (R-A8). */
  staff?: { matters: readonly (string | null)[] };
}

/**
 * A page of what was said with one person, oldest first: the latest one, or the one before or after a message.
 * `next` continues in the same direction.
 */
export async function readMessages(
  engine: Engine,
  { conversationIds, before, after, limit, staff }: Page,
): Promise<{ items: Message[]; next: string | null }> {
  const shown: Message['direction'][] = staff ? ['in', 'out', 'note'] : ['in', 'out'];
  // What no turn has read yet may be part of a complaint.
  const readable = staff ? { matter: { $in: [...staff.matters] }, pending: { $ne: true } } : {};
  const range = after ? { _id: { $gt: after } } : before ? { _id: { $lt: before } } : {};
  const pages = await Promise.all(
    conversationIds.map((conversationId) =>
      engine.services.models.messages
        .find({ conversationId, direction: { $in: shown }, ...readable, ...range })
        .sort({ _id: after ? 1 : -1 })
        .limit(limit + 1)
        .lean(),
    ),
  );
  const found = pages.length > 1 ? inOrder(pages.flat(), after ? 1 : -1) : pages.flat();
  const items = found.slice(0, limit);
  const next = found.length > limit ? (items.at(-1)?._id ?? null) : null;
  return { items: after ? items : items.reverse(), next };
}

function inOrder(messages: readonly Message[], direction: 1 | -1): Message[] {
  return messages.toSorted((one, other) => (one._id < other._id ? -direction : direction));
}
