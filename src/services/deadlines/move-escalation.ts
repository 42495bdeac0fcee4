import { firstUnitNotice } from '../escalations/notice-time.js';
import type { ServiceContext } from '../service-context.js';

/** What a unit was asked is due with the ticket, unless an agent chose another date; its card then shows the new one. */
export async function moveEscalation(
  { models, changes, reference }: ServiceContext,
  ticketId: string,
  dueAt: Date,
  now: Date,
): Promise<void> {
  const moved = await models.escalations
    .findOneAndUpdate(
      { ticketId, open: true, dueFollowsTicket: true, dueAt: { $ne: dueAt } },
      { $set: { dueAt, nextCardAt: now } },
      { returnDocument: 'after' },
    )
    .lean();
  if (!moved) return;
  const { _id, version, state, reminders } = moved;
  // Whoever has claimed it is reminded on the day it falls due.
  if (state === 'claimed' && reminders === 0) {
    const nextNoticeAt = firstUnitNotice(reference.calendar, moved, now);
    await models.escalations.updateOne({ _id, version, reminders }, { $set: { nextNoticeAt } });
  }
  changes.publish({ topic: 'escalation', id: moved._id });
}
