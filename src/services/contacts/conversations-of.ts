import type { Conversation } from '../../models/conversation.js';
import type { Ticket } from '../../models/ticket.js';
import type { ServiceContext } from '../service-context.js';

/** One of the addresses a person writes from. */
export type PersonConversation = Pick<
  Conversation,
  '_id' | 'channel' | 'lastInboundAt' | 'unreachableAt' | 'holder' | 'holderId' | 'holderName'
>;

const SHOWN = {
  channel: 1,
  lastInboundAt: 1,
  unreachableAt: 1,
  holder: 1,
  holderId: 1,
  holderName: 1,
} as const;

/** More addresses than a person has; a list that is shown has an end. */
const MOST = 20;

/** Every conversation of the person a ticket is about, the ticket's own first. */
export async function conversationsOf(
  { models }: ServiceContext,
  { conversationId, contactId }: Pick<Ticket, 'conversationId' | 'contactId'>,
): Promise<PersonConversation[]> {
  const [own, others] = await Promise.all([
    models.conversations.findById(conversationId, SHOWN).lean<PersonConversation>(),
    contactId === null
      ? []
      : models.conversations
          .find({ contactId, _id: { $ne: conversationId } }, SHOWN)
          .limit(MOST)
          .lean<PersonConversation[]>(),
  ]);
  return own ? [own, ...others] : others;
}
