import type { Models } from '../../models/index.js';
import type { DueChangeReason } from '../../models/ticket-deadline.js';
import { RULES_CHANGE } from '../settings/setting-names.js';

interface RulesChange {
  reason: DueChangeReason;
  /** Name of the administrator; null when the product itself changed them. */
  by: string | null;
}

/**
 * Says why deadlines are about to be counted again; written before the change itself, so that no crash leaves a change
 * without its reason. Of two changes within a minute the later one is named.
 */
export async function noteRulesChange(models: Models, { reason, by }: RulesChange, now: Date): Promise<void> {
  await models.settings.updateOne(
    { _id: RULES_CHANGE },
    { $set: { value: { reason, by }, updatedAt: now } },
    { upsert: true },
  );
}

export async function latestRulesChange(models: Models): Promise<RulesChange> {
  const stored = await models.settings.findById(RULES_CHANGE).lean();
  return (stored?.value as RulesChange | undefined) ?? { reason: 'calendar', by: null };
}
