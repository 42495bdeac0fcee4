import type { Profile } from '../../models/conversation.js';
import type { FileReference } from '../../models/message.js';
import type { Ticket, TicketKind, TicketStatus } from '../../models/ticket.js';
import type { ChannelName } from '../../shared/channel-name.js';
import type { Language } from '../../shared/i18n.js';
import type { ServiceContext } from '../service-context.js';
import { isOpen } from './write-ticket.js';

/** A line of the inbox. */
export interface TicketSummary {
  number: string;
  kind: TicketKind;
  status: TicketStatus;
  channel: ChannelName;
  name: string | null;
  agency: string | null;
  regionName: string | null;
  /** R-A8: nobody sees whose it is. */
  anonymous: boolean;
  topic: { code: string; name: string };
  /** The first 160 characters. */
  question: string;
  receivedAt: Date;
  dueAt: Date;
  overdue: boolean;
  assignee: { id: string; name: string } | null;
  holder: 'bot' | 'staff';
  unread: number;
  updatedAt: Date;
}

export type TicketAction =
  | 'mark-concerned'
  | 'claim'
  | 'take-over'
  | 'hand-back'
  | 'reply'
  | 'note'
  | 'resolve'
  | 'close'
  | 'assign'
  | 'edit'
  | 'escalate';

/** Everything an agent sees of one ticket. */
export interface TicketDetails extends TicketSummary {
  /** Empty for an anonymous ticket. */
  conversationId: string;
  /** Every conversation of the person; none for an anonymous ticket. */
  conversationIds: string[];
  /** R-A8: what a complaint or suggestion is about, in the user's words. */
  about: string | null;
  /** Whom a complaint is about; they never see it. */
  concerns: { id: string; name: string } | null;
  profile: Profile;
  unit: { code: string; name: string };
  attachments: FileReference[];
  countedFrom: Date;
  firstResponseAt: Date | null;
  answer: string | null;
  legalBasis: string[];
  resolvedAt: Date | null;
  closedAt: Date | null;
  closeReason: string | null;
  rating: Ticket['rating'];
  minutes: {
    number: string;
    revision: number;
    fileId: string;
    verificationUrl: string;
    issuedAt: Date;
  } | null;
  /** The arithmetic of the due date in the reader's language. */
  deadlineExplanation: string;
  /** Who took the conversation over. */
  holderName: string | null;
  /** Since when the user does not let us in on their channel. */
  unreachableAt: Date | null;
  /** What the reader may do with it now. */
  allowed: TicketAction[];
}

const QUESTION_LENGTH = 160;

/** Lines of the inbox in the reader's language; two reads for all of them together, three when a topic was withdrawn. */
export async function summariseTickets(
  context: ServiceContext,
  tickets: readonly Ticket[],
  { language, now }: { language: Language; now: Date },
): Promise<TicketSummary[]> {
  const conversationIds = [...new Set(tickets.map(({ conversationId }) => conversationId))];
  const held = await context.models.conversations
    .find({ _id: { $in: conversationIds }, holder: 'staff' }, { _id: 1 })
    .lean();
  const heldByStaff = new Set(held.map(({ _id }) => _id));
  const topicName = await topicNames(context, tickets, language);
  return tickets.map((ticket) => ({
    ...{ number: ticket.number, kind: ticket.kind, status: ticket.status, channel: ticket.channel },
    name: ticket.profile.name ?? null,
    agency: ticket.profile.agency ?? null,
    regionName: ticket.profile.regionName ?? null,
    anonymous: ticket.anonymous === true,
    topic: { code: ticket.topicCode, name: topicName(ticket.topicCode) },
    question: shorten(ticket.question),
    ...{ receivedAt: ticket.receivedAt, dueAt: ticket.dueAt },
    overdue: isOpen(ticket) && ticket.status !== 'scheduled' && ticket.dueAt < now,
    assignee: ticket.assigneeId === null ? null : { id: ticket.assigneeId, name: ticket.assigneeName ?? '' },
    holder: heldByStaff.has(ticket.conversationId) ? 'staff' : 'bot',
    ...{ unread: ticket.unread, updatedAt: ticket.updatedAt },
  }));
}

async function topicNames(
  { models, reference }: ServiceContext,
  tickets: readonly Ticket[],
  language: Language,
): Promise<(code: string) => string> {
  const topics = new Map(reference.topics.map((topic) => [topic._id, topic]));
  const withdrawn = [...new Set(tickets.map(({ topicCode }) => topicCode))].filter(
    (code) => !topics.has(code),
  );
  if (withdrawn.length > 0) {
    for (const topic of await models.topics.find({ _id: { $in: withdrawn } }).lean())
      topics.set(topic._id, topic);
  }
  return (code) => topics.get(code)?.name[language] ?? code;
}

/** Counted in whole characters, so that no emoji is cut in two. */
function shorten(question: string): string {
  return Array.from(question.slice(0, 2 * QUESTION_LENGTH))
    .slice(0, QUESTION_LENGTH)
    .join('');
}
