import { isDuplicateKey } from '../../models/duplicate-key.js';
import type { Profile } from '../../models/conversation.js';
import type { FileReference } from '../../models/message.js';
import type { Ticket, TicketKind } from '../../models/ticket.js';
import type { Topic } from '../../models/topic.js';
import type { ChannelName } from '../../shared/channel-name.js';
import { DomainError } from '../../shared/errors.js';
import type { Language } from '../../shared/i18n.js';
import { newDeadline } from '../deadlines/new-deadline.js';
import type { ServiceContext } from '../service-context.js';
import { recordTicketFact } from './record-ticket-fact.js';
import { searchTermsOf } from './search-terms.js';
import { nextTicketNumber } from './ticket-number.js';

export interface OpenTicketInput {
  /** Conversation and message that ask for it: the same key is the same ticket. */
  key: string;
  kind: TicketKind;
  conversation: { _id: string; channel: ChannelName; contactId: string | null };
  profile: Profile;
  language: Language;
  topicCode: string;
  question: string;
  attachments: FileReference[];
  /** When the message that asks for the ticket (the confirmed summary, the wish for a person) arrived; R-T4 counts from it. */
  receivedAt: Date;
  now: Date;
}

/**
 * R-A2: records identity and question as a ticket, due by R-A3 and R-T4. Run again with the same key it returns the
 * ticket it made.
 * @throws DomainError invalid-input for an unknown topic
 */
export async function openTicket(context: ServiceContext, input: OpenTicketInput): Promise<Ticket> {
  const { models, changes } = context;
  const known = await models.tickets.findOne({ openingKey: input.key }).lean();
  const ticket = known ?? (await insertTicket(context, input));
  const { kind, topicCode, unitCode, profile, language } = ticket;
  await recordTicketFact(context, ticket, {
    name: 'ticket-opened',
    at: ticket.receivedAt,
    facts: {
      ...{ number: ticket.number, kind, language, topic: topicCode, unit: unitCode },
      region: profile.regionCode ?? null,
    },
  });
  if (!known) changes.publish({ topic: 'ticket', id: ticket.number, conversationId: ticket.conversationId });
  return ticket;
}

async function insertTicket(context: ServiceContext, input: OpenTicketInput): Promise<Ticket> {
  const { models } = context;
  const { key, kind, conversation, profile, language, question, attachments, receivedAt, now } = input;
  const topic = await findTopic(context, input.topicCode);
  const number = await nextTicketNumber(context, now);
  const ticket: Ticket = {
    ...{ _id: context.newId(), number, kind, status: 'open' },
    ...{ conversationId: conversation._id, channel: conversation.channel, contactId: conversation.contactId },
    ...{ profile, language, topicCode: topic._id, unitCode: topic.unitCode, question, attachments },
    ...{ receivedAt, ...newDeadline(context, kind, receivedAt) },
    ...{ assigneeId: null, assigneeName: null, firstResponseAt: null },
    ...{ escalation: null, escalatedAt: null },
    ...{ answer: null, legalBasis: [], resolvedAt: null, resolvedById: null },
    ...{ closeReason: null, closedAt: null, closedById: null, closingPending: false, nextClosingAt: null },
    ...{ minutesNumber: null, minutesId: null, rating: null },
    ...{ updatedAt: now, unread: 0, latestUserMessageId: '', openingKey: key },
    searchTerms: searchTermsOf(number, profile),
  };
  try {
    await models.tickets.create(ticket);
    return ticket;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    // Another worker opened it between the look and the write; the number drawn here stays unused.
    const winner = await models.tickets.findOne({ openingKey: key }).lean();
    if (!winner) throw error;
    return winner;
  }
}

/** A topic that was withdrawn while the user wrote still names its unit. */
async function findTopic({ models, reference }: ServiceContext, code: string): Promise<Topic> {
  const topic =
    reference.topics.find(({ _id }) => _id === code) ?? (await models.topics.findById(code).lean());
  if (!topic) throw new DomainError('invalid-input', { field: 'topicCode' });
  return topic;
}
