import type { ServiceEvent, ServiceEventName } from '../../models/service-event.js';
import type { Ticket } from '../../models/ticket.js';
import { DomainError } from '../../shared/errors.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { visibleTo } from './visible-to.js';

export interface TicketHistoryItem {
  id: string;
  at: Date;
  name: ServiceEventName | 'due-moved';
  /** Staff member, when a person did it. */
  who: string | null;
  facts: ServiceEvent['facts'];
}

/** Longer histories show their latest part. */
const MOST_ITEMS = 500;

/**
 * What became of a ticket and of its due date, oldest first.
 * @throws DomainError not-allowed, not-found
 */
export async function ticketHistory(
  { models }: ServiceContext,
  { number, actor }: { number: string; actor: Actor },
): Promise<{ items: TicketHistoryItem[] }> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const ticket = await models.tickets.findOne({ number, $and: [visibleTo(actor)] }, { deadline: 1 }).lean();
  if (!ticket) throw new DomainError('not-found');
  const events = await models.serviceEvents
    .find({ ticketId: ticket._id })
    .sort({ _id: -1 })
    .limit(MOST_ITEMS)
    .lean();
  const items = events
    .reverse()
    .map(({ _id, at, name, staffName, facts }) => ({ id: _id, at, name, who: staffName, facts }));
  return { items: [...items, ...dueChanges(ticket)].sort((a, b) => a.at.getTime() - b.at.getTime()) };
}

/** `facts`: the old and the new date, and why. */
function dueChanges({ deadline }: Pick<Ticket, 'deadline'>): TicketHistoryItem[] {
  return (deadline?.changes ?? []).map(({ at, from, to, reason, by }) => ({
    ...{ id: `due-moved-${at.getTime()}-${to.getTime()}`, at, name: 'due-moved', who: by },
    facts: { from: from.toISOString(), to: to.toISOString(), reason },
  }));
}
