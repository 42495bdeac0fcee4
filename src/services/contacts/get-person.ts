import type { Contact } from '../../models/contact.js';
import type { ContactMerge } from '../../models/contact-merge.js';
import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import type { ChannelName } from '../../shared/channel-name.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { findUserTickets } from '../tickets/find-user-tickets.js';
import { isVisibleTo, visibleTo } from '../tickets/visible-to.js';
import { conversationsOf, type PersonConversation } from './conversations-of.js';

/** Who a ticket is about, beyond the ticket. */
export interface Person {
  addresses: { conversationId: string; channel: ChannelName; lastInboundAt: Date | null }[];
  /** Their other tickets, newest first. */
  tickets: Pick<Ticket, 'number' | 'status' | 'receivedAt' | 'question'>[];
  /** Contacts with the same e-mail address or telephone number: perhaps the same person. */
  similar: {
    id: string;
    name: string | null;
    agency: string | null;
    channels: ChannelName[];
    same: ('email' | 'phone')[];
  }[];
  /** Contacts that were found to be this person. */
  merges: { id: string; name: string | null; reason: ContactMerge['reason']; by: string | null; at: Date }[];
}

const MOST_TICKETS = 10;
const MOST_SIMILAR = 5;
const MOST_MERGES = 10;

/**
 * The person behind a ticket: where they write from, what else they asked, and who may be the same person.
 * @throws DomainError not-allowed, not-found
 */
export async function getPerson(
  context: ServiceContext,
  { number, actor }: { number: string; actor: Actor },
): Promise<Person> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const { models } = context;
  const ticket = await models.tickets.findOne({ number, $and: [visibleTo(actor)] }).lean();
  if (!ticket) throw new DomainError('not-found');
  if (ticket.anonymous) return { addresses: [], tickets: [], similar: [], merges: [] };
  const { contactId } = ticket;
  const [conversations, tickets, contact] = await Promise.all([
    conversationsOf(context, ticket),
    findUserTickets(context, ticket, MOST_TICKETS + 1),
    contactId === null ? null : models.contacts.findById(contactId).lean(),
  ]);
  return {
    addresses: conversations.map(addressOf),
    tickets: tickets
      .filter((other) => other._id !== ticket._id && !other.anonymous && isVisibleTo(actor, other))
      .slice(0, MOST_TICKETS),
    similar: contact ? await findSimilar(context, contact) : [],
    merges: contact ? await findMerges(context, contact._id) : [],
  };
}

function addressOf({ _id, channel, lastInboundAt }: PersonConversation): Person['addresses'][number] {
  return { conversationId: _id, channel, lastInboundAt };
}

async function findSimilar(
  { models }: ServiceContext,
  { _id, profile: { email, phone } }: Contact,
): Promise<Person['similar']> {
  const others = { _id: { $ne: _id }, mergedInto: null };
  const [byEmail, byPhone] = await Promise.all([
    email
      ? models.contacts
          .find({ ...others, 'profile.email': email })
          .limit(MOST_SIMILAR)
          .lean()
      : [],
    phone
      ? models.contacts
          .find({ ...others, 'profile.phone': phone })
          .limit(MOST_SIMILAR)
          .lean()
      : [],
  ]);
  const found = new Map([...byEmail, ...byPhone].map((contact) => [contact._id, contact]));
  return [...found.values()].slice(0, MOST_SIMILAR).map(({ _id: id, profile, addresses }) => ({
    ...{ id, name: profile.name ?? null, agency: profile.agency ?? null },
    channels: [...new Set(addresses.map(({ channel }) => channel))],
    same: [
      ...(email && profile.email === email ? ['email' as const] : []),
      ...(phone && profile.phone === phone ? ['phone' as const] : []),
    ],
  }));
}

async function findMerges({ models }: ServiceContext, keptId: string): Promise<Person['merges']> {
  const merges = await models.contactMerges
    .find({ keptId, state: 'merged' })
    .sort({ _id: -1 })
    .limit(MOST_MERGES)
    .lean();
  return merges.map(({ _id: id, gone, reason, byName: by, at }) => ({
    ...{ id, name: gone.profile.name ?? null, reason, by, at },
  }));
}
