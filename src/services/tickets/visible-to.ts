import type { Filter } from '../../models/query.js';
import type { Ticket } from '../../models/ticket.js';
import type { Actor } from '../service-context.js';

/**
 * R-A8, R-E3: the tickets somebody of the office may know of. Nobody knows of a complaint about themselves. Other complaints
 * are for supervisors and administrators, and for the agent who was given one: whom a complaint is about is often judged only
 * after it was read, and by then no colleague of theirs may have seen it in passing.
 */
export function visibleTo(actor: Actor): Filter<Ticket> {
  const others = { concernsStaffId: { $ne: actor.staffId } };
  return overseesComplaints(actor)
    ? others
    : { ...others, $or: [{ kind: { $ne: 'complaint' } }, { assigneeId: actor.staffId }] };
}

/** The same rule for one ticket at hand. */
export function isVisibleTo(
  actor: Pick<Actor, 'staffId' | 'roles'>,
  { kind, assigneeId, concernsStaffId }: Pick<Ticket, 'kind' | 'assigneeId' | 'concernsStaffId'>,
): boolean {
  if (concernsStaffId === actor.staffId) return false;
  return kind !== 'complaint' || assigneeId === actor.staffId || overseesComplaints(actor);
}

export function overseesComplaints({ roles }: Pick<Actor, 'roles'>): boolean {
  return roles.includes('supervisor') || roles.includes('administrator');
}
