import type { ClosedSession } from '../../models/closed-session.js';
import type { ServiceContext } from '../service-context.js';

/** What was closed on dates (yyyy-MM-dd) from the first to the last, both included; holidays are in the calendar. */
export async function listClosed(
  { models }: ServiceContext,
  { from, to }: { from: string; to: string },
): Promise<ClosedSession[]> {
  return models.closedSessions
    .find({ date: { $gte: from, $lte: to } })
    .sort({ date: 1, _id: 1 })
    .lean();
}
