import type { ServiceContext } from '../service-context.js';

/** What a unit was asked is due with the ticket, unless an agent chose another date; its card then shows the new one. */
export async function moveEscalation(
  { models, changes }: ServiceContext,
  ticketId: string,
  dueAt: Date,
  now: Date,
): Promise<void> {
  const moved = await models.escalations
    .findOneAndUpdate(
      { ticketId, open: true, dueFollowsTicket: true, dueAt: { $ne: dueAt } },
      { $set: { dueAt, nextCardAt: now } },
      { projection: { _id: 1 } },
    )
    .lean();
  if (moved) changes.publish({ topic: 'escalation', id: moved._id });
}
