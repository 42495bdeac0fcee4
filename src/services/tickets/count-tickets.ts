import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { filterOf } from './ticket-views.js';
import { visibleTo } from './visible-to.js';

/** More than this is not counted: the page shows "99+". */
const MOST_COUNTED = 100;

const COUNTED = ['unassigned', 'mine', 'open', 'overdue', 'complaints', 'suggestions'] as const;
type Counted = (typeof COUNTED)[number];

/**
 * How many tickets each view holds, at most `MOST_COUNTED`.
 * @throws DomainError not-allowed
 */
export async function countTickets(
  { models }: ServiceContext,
  { actor, now }: { actor: Actor; now: Date },
): Promise<Record<Counted, number>> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const counts = await Promise.all(
    COUNTED.map(async (view): Promise<[Counted, number]> => {
      const found = await models.tickets
        .find({ $and: [filterOf(view, actor.staffId, now), visibleTo(actor)] }, { _id: 1 })
        .limit(MOST_COUNTED)
        .lean();
      return [view, found.length];
    }),
  );
  return Object.fromEntries(counts) as Record<Counted, number>;
}
