import type { Filter } from '../../models/query.js';
import type { Ticket } from '../../models/ticket.js';
import type { Language } from '../../shared/i18n.js';
import { decodeCursor, encodeCursor, type Cursor, type Page } from '../paging/cursor.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { searchTermsFor } from './search-terms.js';
import { filterOf, type TicketView } from './ticket-views.js';
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

/** How a list is sorted, and thereby what its cursor holds. */
type Order = 'latest' | 'due' | 'newest' | 'number';

/**
 * One page of a view. Without a search the latest change comes first (overdue: the longest overdue); with one, the
 * newest ticket. Pages are keyset pages: page 1,000 costs what page 1 costs.
 * @throws DomainError not-allowed; invalid-input for a foreign cursor
 */
export async function listTickets(
  context: ServiceContext,
  input: ListTicketsInput,
): Promise<Page<TicketSummary>> {
  const { view, actor, limit, now } = input;
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const q = input.q?.trim() ?? '';
  const order: Order = /^djpk-?/i.test(q)
    ? 'number'
    : q !== ''
      ? 'newest'
      : view === 'overdue'
        ? 'due'
        : 'latest';
  const found = await context.models.tickets
    .find({ $and: [filterOf(view, actor.staffId, now), searchOf(q, order), after(order, input.cursor)] })
    .sort(SORTS[order])
    .limit(limit + 1)
    .lean();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  return {
    items: await summariseTickets(context, page, input),
    next: found.length > limit && last ? encodeCursor(cursorOf(order, last)) : null,
  };
}

const SORTS = {
  latest: { updatedAt: -1, _id: -1 },
  due: { dueAt: 1, _id: 1 },
  newest: { _id: -1 },
  number: { number: -1 },
} as const satisfies Record<Order, Record<string, 1 | -1>>;

function searchOf(q: string, order: Order): Filter<Ticket> {
  if (order === 'number') {
    const prefix = q.toUpperCase().replace(/^DJPK-?/, 'DJPK-');
    return { number: { $gte: prefix, $lt: `${prefix}\uffff` } };
  }
  if (order !== 'newest') return {};
  const terms = searchTermsFor(q);
  return { searchTerms: { $all: terms } };
}

function after(order: Order, text: string | undefined): Filter<Ticket> {
  if (text === undefined || text === '') return {};
  const { id, at } = decodeCursor(text, { dated: order === 'latest' || order === 'due' });
  if (order === 'number') return { number: { $lt: id } };
  if (!at) return { _id: { $lt: id } };
  // The first condition is what the index begins from, the second leaves out what was already shown.
  return order === 'latest'
    ? { updatedAt: { $lte: at }, $or: [{ updatedAt: { $lt: at } }, { _id: { $lt: id } }] }
    : { dueAt: { $gte: at }, $or: [{ dueAt: { $gt: at } }, { _id: { $gt: id } }] };
}

function cursorOf(order: Order, ticket: Ticket): Cursor {
  switch (order) {
    case 'latest':
      return { id: ticket._id, at: ticket.updatedAt };
    case 'due':
      return { id: ticket._id, at: ticket.dueAt };
    case 'newest':
      return { id: ticket._id };
    case 'number':
      return { id: ticket.number };
  }
}
