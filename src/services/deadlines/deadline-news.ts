import type { Ticket } from '../../models/ticket.js';
import type { DueChangeReason } from '../../models/ticket-deadline.js';
import type { ServiceContext } from '../service-context.js';
import { isOpen } from '../tickets/write-ticket.js';
import { promisedDate } from './promised-date.js';
import { latestRulesMove } from './rules-move.js';

interface DeadlineNews {
  ticket: Ticket;
  /** The date the user may rely on. */
  promisedAt: Date;
  /** What was changed last by an administrator. */
  reason: DueChangeReason;
  /** A person speaks with the user. */
  held: boolean;
}

/** What there is to tell about a ticket's date; undefined when it has ended meanwhile. */
export async function deadlineNews(
  { models }: ServiceContext,
  ticketId: string,
): Promise<DeadlineNews | undefined> {
  const ticket = await models.tickets.findById(ticketId).lean();
  if (!ticket || !isOpen(ticket)) return undefined;
  const conversation = await models.conversations.findById(ticket.conversationId, { holder: 1 }).lean();
  return {
    ...{ ticket, promisedAt: promisedDate(ticket), held: conversation?.holder === 'staff' },
    reason: latestRulesMove(ticket.deadline)?.reason ?? 'calendar',
  };
}
