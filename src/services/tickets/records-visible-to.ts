import type { Actor, ServiceContext } from '../service-context.js';
import { overseesComplaints } from './visible-to.js';

/** A condition on what is kept about tickets elsewhere: mails, the register. */
interface RecordFilter {
  $and: ({ ticketId: Among } | { $or: ({ ticketKind: { $ne: 'complaint' } } | { ticketId: Among })[] })[];
}
type Among = { $nin: string[] } | { $in: string[] };

/** `visibleTo` for records: those of a complaint for whom the complaint is visible to (R-A8). */
export async function recordsVisibleTo(
  { models }: Pick<ServiceContext, 'models'>,
  actor: Actor,
): Promise<RecordFilter> {
  const { staffId } = actor;
  const concerning = await models.tickets.find({ concernsStaffId: staffId }, { _id: 1 }).lean();
  const others = { ticketId: { $nin: concerning.map(({ _id }) => _id) } };
  if (overseesComplaints(actor)) return { $and: [others] };
  const given = await models.tickets.find({ assigneeId: staffId, kind: 'complaint' }, { _id: 1 }).lean();
  const own = { ticketId: { $in: given.map(({ _id }) => _id) } };
  return { $and: [others, { $or: [{ ticketKind: { $ne: 'complaint' } }, own] }] };
}
