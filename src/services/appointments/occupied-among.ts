import type { ServiceContext } from '../service-context.js';
import { giveBackHold } from './give-back-hold.js';

/**
 * Which of these claims belong to another appointment now: looked up in the index, and nothing else of the others is fetched.
 * Holds whose time has run out give theirs back first.
 */
export async function occupiedAmong(
  context: ServiceContext,
  claims: readonly string[],
  exceptId: string,
  now: Date,
): Promise<Set<string>> {
  const wanted = new Set(claims);
  const occupied = new Set<string>();
  if (wanted.size === 0) return occupied;
  const found = await context.models.appointments
    // The type is what lets a partial index serve.
    .find({ claims: { $type: 'string', $in: [...wanted] } }, { claims: 1, held: 1 })
    .lean();
  for (const { _id, claims: others = [], held } of found) {
    if (_id === exceptId) continue;
    const isOver = held !== null && held.until <= now;
    const theirs = isOver ? ((await giveBackHold(context, _id, now)).claims ?? []) : others;
    for (const claim of theirs) if (wanted.has(claim)) occupied.add(claim);
  }
  return occupied;
}
