import { startOf } from '../appointments/session-times.js';
import { recordAudit } from '../audit/record-audit.js';
import { recordFact } from '../facts/record-fact.js';
import type { Actor, ServiceContext } from '../service-context.js';

/**
 * R-C2: somebody came without a schedule and was told how to book. Who it was is not asked: only that it happened is kept.
 * @returns how many there were on the day so far
 */
export async function recordUnscheduled(
  context: ServiceContext,
  { actor, key, now }: { actor: Actor; /** Of the press. */ key: string; now: Date },
): Promise<{ today: number }> {
  const { models, reference } = context;
  const { staffId, name: staffName } = actor;
  const unique = `visitor-unscheduled:${staffId}:${key}`;
  await recordFact(context, {
    ...{ key: unique, name: 'visitor-unscheduled', at: now, channel: null, ticketId: null },
    ...{ conversationId: null, staffId, staffName, facts: {} },
  });
  const date = reference.calendar.dateOf(now);
  await recordAudit(context, { actor, action: 'reception.unscheduled', subject: date, key: unique, now });
  const from = startOf(reference.calendar, date, '00:00');
  return {
    today: await models.serviceEvents.countDocuments({ name: 'visitor-unscheduled', at: { $gte: from } }),
  };
}
