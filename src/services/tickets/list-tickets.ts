import type { Language } from '../../shared/i18n.js';
import { pageOf, type Page } from '../paging/cursor.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { ticketQuery } from './ticket-query.js';
import type { TicketView } from './ticket-views.js';
import { visibleTo } from './visible-to.js';
import { summariseTickets, type TicketSummary } from './ticket-view.js';

interface ListTicketsInput {
  view: TicketView;
  actor: Actor;
  language: Language;
  /** Beginning of a number, or of words of the name or the agency. */
  q?: string | undefined;
  cursor?: string | undefined;
  /** 1 to 100. */
  limit: number;
  now: Date;
}

/**
 * One page of a view. Without a search the latest change comes first (overdue: the longest overdue); with one, the
 * newest ticket. Pages are keyset pages: page 1,000 costs what page 1 costs.
 * @throws DomainError not-allowed; invalid-input for a foreign cursor
 */
export async function listTickets(
  context: ServiceContext,
  input: ListTicketsInput,
): Promise<Page<TicketSummary>> {
  const { actor, limit } = input;
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const { filter, sort, cursorOf } = ticketQuery({ ...input, staffId: actor.staffId });
  const found = await context.models.tickets
    .find({ $and: [filter, visibleTo(actor)] })
    .sort(sort)
    .limit(limit + 1)
    .lean();
  const { items, next } = pageOf(found, limit, cursorOf);
  return { items: await summariseTickets(context, items, input), next };
}
