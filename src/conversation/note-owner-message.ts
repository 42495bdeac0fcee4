import type { Conversation } from '../models/conversation.js';
import type { Message } from '../models/message.js';
import type { Actor } from '../services/service-context.js';
import { openTicket } from '../services/tickets/open-ticket.js';
import type { ChannelName } from '../shared/channel-name.js';
import { DomainError } from '../shared/errors.js';
import type { Engine } from './engine.js';
import { takeOver } from './hand-over.js';
import { findConversation, storeOnce } from './receive-message.js';

export interface OwnerMessage {
  channel: ChannelName;
  account: string;
  /** The user somebody wrote to. */
  address: string;
  /** The platform's message id: unique per channel and account. */
  providerId: string;
  text: string;
  sentAt: Date;
  known?: { phone?: string };
  /** Of the ticket, when the conversation has none. */
  topicCode: string;
}

/**
 * Somebody at the office answered on the platform's own app, past the console. That is a take-over: the bot is silent,
 * the ticket shows it, and a supervisor gives the conversation back. Run again it changes nothing twice.
 */
export async function noteOwnerMessage(engine: Engine, message: OwnerMessage): Promise<void> {
  const { services, clock } = engine;
  const now = clock.now();
  const conversationId = await findConversation(engine, message, now);
  const conversation = await services.models.conversations.findById(conversationId).lean();
  if (!conversation) throw new Error('the conversation is gone');
  const name = services.texts.for(conversation.language)('hand-over:officePhone');
  const actor = { staffId: `phone:${message.account}`, name, roles: ['supervisor'] };
  if (conversation.holder === 'bot') await holdByPhone(engine, conversation, message, actor, now);
  const line = lineOf(engine, conversation, message, actor, now);
  if ((await storeOnce(engine, line)) === undefined)
    services.changes.publish({ topic: 'message', id: line._id, conversationId });
}

/** Taking over needs a ticket, so that the console shows who has the conversation and can give it back. */
async function holdByPhone(
  engine: Engine,
  conversation: Conversation,
  message: OwnerMessage,
  actor: Actor,
  now: Date,
): Promise<void> {
  const { models } = engine.services;
  const { openTicketId } = conversation;
  const open =
    openTicketId === null ? null : await models.tickets.findById(openTicketId, { number: 1 }).lean();
  if (open) {
    try {
      await takeOver(engine, { number: open.number, actor, now });
      return;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'ticket-closed') throw error;
    }
  }
  const { number } = await openTicket(engine.services, {
    ...{ key: `phone:${message.providerId}`, kind: 'assistance', conversation, topicCode: message.topicCode },
    ...{ profile: conversation.profile, language: conversation.language, question: '', attachments: [] },
    ...{ receivedAt: message.sentAt, now },
  });
  await takeOver(engine, { number, actor, now });
}

function lineOf(
  engine: Engine,
  conversation: Conversation,
  { channel, account, providerId, text, sentAt }: OwnerMessage,
  { staffId: userId, name }: Actor,
  now: Date,
): Message {
  return {
    ...{ _id: engine.services.newId(), conversationId: conversation._id, direction: 'out' },
    ...{ author: { kind: 'staff', userId, name }, content: { kind: 'text', text } },
    ...{ channel, account, providerId, sentAt, receivedAt: now, pending: false, processedAt: null },
    delivery: { state: 'sent', attempts: 1, nextAttemptAt: null, reason: null, at: now },
  };
}
