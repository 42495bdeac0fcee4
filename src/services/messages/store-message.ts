import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { Message } from '../../models/message.js';
import type { ServiceContext } from '../service-context.js';

/** @returns the id of the message already stored under the same provider id, or undefined when this one is new. */
export async function storeMessage(
  { models }: ServiceContext,
  message: Message,
): Promise<string | undefined> {
  try {
    await models.messages.collection.insertOne(message as never);
    return undefined;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const { channel, account, providerId } = message;
    const stored = await models.messages
      .findOne({ channel, account, providerId: { $type: 'string', $eq: providerId ?? '' } }, { _id: 1 })
      .lean();
    if (!stored) throw error;
    return stored._id;
  }
}
