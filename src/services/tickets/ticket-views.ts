import type { Filter } from '../../models/query.js';
import { OPEN_STATUSES, type Ticket } from '../../models/ticket.js';

/** The lists of the console. */
export const TICKET_VIEWS = [
  ...(['unassigned', 'mine', 'open', 'overdue', 'complaints', 'suggestions'] as const),
  ...(['waiting-unit', 'resolved', 'closed', 'all'] as const),
] as const;
export type TicketView = (typeof TICKET_VIEWS)[number];

/** Whose time can be missed: what is scheduled waits for its day, be it that it was planned late. */
const DUE_STATUSES = OPEN_STATUSES.filter((status) => status !== 'scheduled');

/** Which tickets a view shows; each begins an index of the collection. */
export function filterOf(view: TicketView, staffId: string, now: Date): Filter<Ticket> {
  const open = { status: { $in: [...OPEN_STATUSES] } };
  switch (view) {
    case 'unassigned':
      return { assigneeId: null, ...open };
    case 'mine':
      return { assigneeId: staffId, ...open };
    case 'open':
      return open;
    case 'overdue':
      return { status: { $in: [...DUE_STATUSES] }, dueAt: { $lt: now } };
    case 'complaints':
      return { kind: 'complaint', ...open };
    case 'suggestions':
      return { kind: 'suggestion', ...open };
    case 'waiting-unit':
      return { status: 'waiting-unit' };
    case 'resolved':
      return { status: 'resolved' };
    case 'closed':
      return { status: 'closed' };
    case 'all':
      return {};
  }
}
