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
  const { staffId, name: staffName } = actor;
  const unique = `visitor-unscheduled:${staffId}:${key}`;
  await recordFact(context, {
    ...{ key: unique, name: 'visitor-unscheduled', at: now, channel: null, ticketId: null },
    ...{ conversationId: null, staffId, staffName, facts: {} },
  });
  const subject = context.reference.calendar.dateOf(now);
  await recordAudit(context, { actor, action: 'reception.unscheduled', subject, key: unique, now });
  return { today: await countUnscheduled(context, now) };
}

/** Since midnight. */
export async function countUnscheduled(
  { models, reference: { calendar } }: ServiceContext,
  now: Date,
): Promise<number> {
  const from = startOf(calendar, calendar.dateOf(now), '00:00');
  return models.serviceEvents.countDocuments({ name: 'visitor-unscheduled', at: { $gte: from } });
}
