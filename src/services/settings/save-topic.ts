import type { Topic } from '../../models/topic.js';
import { DomainError } from '../../shared/errors.js';
import { recordAudit } from '../audit/record-audit.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { requireRole } from '../staff/authorise.js';
import { checkUnit } from '../staff/check-unit.js';

/**
 * Adds or replaces a topic; the bot offers it from its next turn on.
 * @throws DomainError not-allowed, invalid-input; conflict when no active topic would be left
 */
export async function saveTopic(
  ctx: ServiceContext,
  { actor, topic, now }: { actor: Actor; topic: Topic; now: Date },
): Promise<Topic> {
  requireRole(actor, 'administrator');
  await checkUnit(ctx, topic.unitCode);
  const { _id, ...fields } = topic;
  if (!fields.active && !(await ctx.models.topics.exists({ _id: { $ne: _id }, active: true }))) {
    throw new DomainError('conflict');
  }
  await ctx.models.topics.updateOne({ _id }, { $set: fields }, { upsert: true });
  await ctx.reference.reload();
  await recordAudit(ctx, {
    actor,
    action: 'topic.save',
    subject: _id,
    details: { unitCode: topic.unitCode, active: topic.active },
    now,
  });
  ctx.changes.publish({ topic: 'settings', id: `topic:${_id}` });
  return topic;
}
