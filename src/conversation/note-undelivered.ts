import type { Engine } from './engine.js';

/** The platform took messages and says later that they did not arrive: they have failed, whatever was known before. */
export async function noteUndelivered(
  engine: Engine,
  { messageIds, reason, now }: { messageIds: readonly string[]; reason: string; now: Date },
): Promise<void> {
  const { models, changes } = engine.services;
  const lines = await models.messages
    .find({ _id: { $in: [...messageIds] }, direction: 'out' }, { conversationId: 1 })
    .lean();
  await models.messages.updateMany(
    { _id: { $in: lines.map(({ _id }) => _id) }, 'delivery.state': { $in: ['sent', 'delivered'] } },
    { $set: { 'delivery.state': 'failed', 'delivery.reason': reason, 'delivery.at': now } },
  );
  for (const { _id: id, conversationId } of lines) changes.publish({ topic: 'message', id, conversationId });
}
