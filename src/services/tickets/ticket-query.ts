import type { Filter } from '../../models/query.js';
import type { Ticket } from '../../models/ticket.js';
import { decodeCursor, type Cursor } from '../paging/cursor.js';
import { searchTermsFor } from './search-terms.js';
import { filterOf, type TicketView } from './ticket-views.js';

export interface TicketQueryInput {
  view: TicketView;
  /** Whose tickets are "mine". */
  staffId: string;
  /** Beginning of a number, or of words of the name or the agency. */
  q?: string | undefined;
  cursor?: string | undefined;
  now: Date;
}

export interface TicketQuery {
  filter: Filter<Ticket>;
  sort: Record<string, 1 | -1>;
  cursorOf: (last: Ticket) => Cursor;
}

/** How a list is sorted, and thereby what its cursor holds. */
type Order = 'latest' | 'due' | 'newest' | 'number';

/**
 * A page of a view as a query that begins with an index and goes on from the last page's end.
 * @throws DomainError invalid-input for a foreign cursor
 */
export function ticketQuery({ view, staffId, q = '', cursor = '', now }: TicketQueryInput): TicketQuery {
  const words = q.trim();
  const order = orderOf(view, words);
  return {
    filter: { $and: [filterOf(view, staffId, now), searchOf(words, order), after(order, cursor)] },
    sort: SORTS[order],
    cursorOf: (last) => cursorOf(order, last),
  };
}

const SORTS = {
  latest: { updatedAt: -1, _id: -1 },
  due: { dueAt: 1, _id: 1 },
  newest: { _id: -1 },
  number: { number: -1 },
} as const satisfies Record<Order, Record<string, 1 | -1>>;

function orderOf(view: TicketView, q: string): Order {
  if (/^djpk-?/i.test(q)) return 'number';
  if (q !== '') return 'newest';
  return view === 'overdue' ? 'due' : 'latest';
}

function searchOf(q: string, order: Order): Filter<Ticket> {
  if (order === 'number') {
    const prefix = q.toUpperCase().replace(/^DJPK-?/, 'DJPK-');
    return { number: { $gte: prefix, $lt: `${prefix}\uffff` } };
  }
  if (order !== 'newest') return {};
  const terms = searchTermsFor(q);
  return terms.length === 0 ? { _id: { $in: [] } } : { $and: terms.map((term) => ({ searchTerms: term })) };
}

function after(order: Order, text: string): Filter<Ticket> {
  if (text === '') return {};
  const { id, at } = decodeCursor(text, { dated: order === 'latest' || order === 'due' });
  if (order === 'number') return { number: { $lt: id } };
  if (!at) return { _id: { $lt: id } };
  // The first condition is what the index begins from, the second leaves out what was already shown.
  return order === 'latest'
    ? { updatedAt: { $lte: at }, $or: [{ updatedAt: { $lt: at } }, { _id: { $lt: id } }] }
    : { dueAt: { $gte: at }, $or: [{ dueAt: { $gt: at } }, { _id: { $gt: id } }] };
}

function cursorOf(order: Order, { _id, number, updatedAt, dueAt }: Ticket): Cursor {
  switch (order) {
    case 'latest':
      return { id: _id, at: updatedAt };
    case 'due':
      return { id: _id, at: dueAt };
    case 'newest':
      return { id: _id };
    case 'number':
      return { id: number };
  }
}
