import { requireRole } from '../staff/authorise.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { filterOf } from './ticket-views.js';

/** More than this is not counted: the page shows "99+". */
const MOST_COUNTED = 100;

const COUNTED = ['unassigned', 'mine', 'open', 'overdue'] as const;

/**
 * How many tickets each view holds, at most `MOST_COUNTED`.
 * @throws DomainError not-allowed
 */
export async function countTickets(
  { models }: ServiceContext,
  { actor, now }: { actor: Actor; now: Date },
): Promise<Record<(typeof COUNTED)[number], number>> {
  requireRole(actor, 'agent', 'supervisor', 'administrator');
  const [unassigned, mine, open, overdue] = await Promise.all(
    COUNTED.map(async (view) => {
      const found = await models.tickets
        .find(filterOf(view, actor.staffId, now), { _id: 1 })
        .limit(MOST_COUNTED)
        .lean();
      return found.length;
    }),
  );
  return { unassigned: unassigned ?? 0, mine: mine ?? 0, open: open ?? 0, overdue: overdue ?? 0 };
}
