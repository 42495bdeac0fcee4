import type { Escalation, EscalationCard } from '../../models/escalation.js';
import type { ServiceContext } from '../service-context.js';

/** A process that dies while it shows a card keeps others from it for this long: seven calls of up to 20 s may be under way. */
const CLAIM_MILLISECONDS = 180_000;

/** Escalations whose cards do not show how they stand, longest waiting first. */
export async function staleCards(
  { models }: ServiceContext,
  now: Date,
  limit: number,
): Promise<Escalation[]> {
  return models.escalations
    .find({ nextCardAt: { $type: 'date', $lte: now } })
    .sort({ nextCardAt: 1 })
    .limit(limit)
    .lean();
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
 * One process shows a card at a time, also when a step comes in between. @returns the escalation as it stands, or null when
 * another process has it
 */
export async function claimCard(
  { models }: ServiceContext,
  { _id, nextCardAt }: Pick<Escalation, '_id' | 'nextCardAt'>,
  now: Date,
): Promise<Escalation | null> {
  const until = new Date(now.getTime() + CLAIM_MILLISECONDS);
  const free = { $or: [{ cardHeldUntil: null }, { cardHeldUntil: { $lte: now } }] };
  return models.escalations
    .findOneAndUpdate(
      { _id, nextCardAt, ...free },
      { $set: { nextCardAt: until, cardHeldUntil: until } },
      { returnDocument: 'after' },
    )
    .lean();
}

/** Keeps what has been posted so far: after a crash it is not posted again. */
export async function keepCard({ models }: ServiceContext, id: string, card: EscalationCard): Promise<void> {
  await models.escalations.updateOne({ _id: id }, { $set: { card } });
}

/**
 * Ends a claim. A step or reminder that came in between keeps the card due.
 * @param tryAgainAt after a failure
 */
export async function releaseCard(
  { models }: ServiceContext,
  { _id, nextCardAt, cardHeldUntil = null }: Pick<Escalation, '_id' | 'nextCardAt' | 'cardHeldUntil'>,
  tryAgainAt: Date | null,
): Promise<void> {
  await models.escalations.updateOne({ _id, nextCardAt }, { $set: { nextCardAt: tryAgainAt } });
  await models.escalations.updateOne({ _id, cardHeldUntil }, { $set: { cardHeldUntil: null } });
}
