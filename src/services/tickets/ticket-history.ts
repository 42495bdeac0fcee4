import type { ServiceEvent, ServiceEventName } from '../../models/service-event.js';
import { DomainError } from '../../shared/errors.js';
import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { visibleTo } from './visible-to.js';

export interface TicketHistoryItem {
  id: string;
  at: Date;
  name: ServiceEventName;
  /** Staff member, when a person did it. */
  who: string | null;
  facts: ServiceEvent['facts'];
}

/** Longer histories show their latest part. */
const MOST_ITEMS = 500;

/**
 * What became of a ticket, oldest first.
 * @throws DomainError not-allowed, not-found
 */
export async function ticketHistory(
  { models }: ServiceContext,
  { number, actor }: { number: string; actor: Actor },
): Promise<{ items: TicketHistoryItem[] }> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const ticket = await models.tickets.findOne({ number, $and: [visibleTo(actor)] }, { _id: 1 }).lean();
  if (!ticket) throw new DomainError('not-found');
  const events = await models.serviceEvents
    .find({ ticketId: ticket._id })
    .sort({ _id: -1 })
    .limit(MOST_ITEMS)
    .lean();
  return {
    items: events
      .reverse()
      .map(({ _id, at, name, staffName, facts }) => ({ id: _id, at, name, who: staffName, facts })),
  };
}
