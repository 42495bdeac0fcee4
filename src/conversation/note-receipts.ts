import type { DeliveryState } from '../models/message.js';
import type { Engine } from './engine.js';

interface Receipts {
  conversationId: string;
  /** Latest message the user's device has received, or shown. */
  upTo: string;
  state: 'delivered' | 'read';
  now: Date;
}

/** How many messages one receipt can cover; the next receipt covers the rest. */
const COVERED = 200;

/** The user's device has received or shown our messages: their delivery state moves forward, never back. */
export async function noteReceipts(
  engine: Engine,
  { conversationId, upTo, state, now }: Receipts,
): Promise<void> {
  const { messages } = engine.services.models;
  const before: DeliveryState[] = state === 'read' ? ['sent', 'delivered'] : ['sent'];
  const latest = await messages
    .find({ conversationId, _id: { $lte: upTo }, direction: 'out' }, { delivery: 1 })
    .sort({ _id: -1 })
    .limit(COVERED)
    .lean();
  const moved = latest
    .filter((message) => message.delivery !== null && before.includes(message.delivery.state))
    .map((message) => message._id);
  if (moved.length === 0) return;
  await messages.updateMany(
    { _id: { $in: moved }, 'delivery.state': { $in: before } },
    { $set: { 'delivery.state': state, 'delivery.at': now } },
  );
  for (const id of moved) engine.services.changes.publish({ topic: 'message', id, conversationId });
}
