import type { Escalation, EscalationCard } from '../../models/escalation.js';
import type { ServiceContext } from '../service-context.js';
import { viewEscalation, type EscalationView } from './escalation-view.js';

/** An escalation whose card does not show how it stands, and the view to make it from. */
export interface StaleCard {
  escalation: Escalation;
  view: EscalationView;
}

/** Cards to post or to bring up to date, longest waiting first. */
export async function staleCards(context: ServiceContext, now: Date, limit: number): Promise<StaleCard[]> {
  const found = await context.models.escalations
    .find({ nextCardAt: { $type: 'date', $lte: now } })
    .sort({ nextCardAt: 1 })
    .limit(limit)
    .lean();
  const views = found.map((escalation) => viewEscalation(context, escalation, { allowed: [], now }));
  return (await Promise.all(views)).map((view, index) => ({ escalation: found[index] as Escalation, view }));
}

/** When the next card is to be brought up to date. */
export async function nextCard({ models }: ServiceContext): Promise<Date | undefined> {
  const next = await models.escalations
    .findOne({ nextCardAt: { $type: 'date' } }, { nextCardAt: 1 })
    .sort({ nextCardAt: 1 })
    .lean();
  return next?.nextCardAt ?? undefined;
}

/**
 * Notes what became of a card. A step or reminder that came in between keeps it stale.
 * @param seen the escalation it was made from
 * @param card null: this unit has no channel
 * @param tryAgainAt after a failure
 */
export async function noteCard(
  { models }: ServiceContext,
  seen: Pick<Escalation, '_id' | 'nextCardAt'>,
  card: EscalationCard | null,
  tryAgainAt: Date | null,
): Promise<void> {
  await models.escalations.updateOne({ _id: seen._id }, { $set: { card } });
  await models.escalations.updateOne(
    { _id: seen._id, nextCardAt: seen.nextCardAt },
    { $set: { nextCardAt: tryAgainAt } },
  );
}
