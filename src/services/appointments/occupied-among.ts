import type { Appointment } from '../../models/appointment.js';
import type { Filter } from '../../models/query.js';
import type { ServiceContext } from '../service-context.js';
import { giveBackHold } from './give-back-hold.js';

/** Which of these claims belong to another appointment now. Holds whose time has run out give theirs back first. */
export async function occupiedAmong(
  context: ServiceContext,
  claims: readonly string[],
  exceptId: string,
  now: Date,
): Promise<Set<string>> {
  if (claims.length === 0) return new Set();
  const wanted = new Set(claims);
  const occupied = await occupiedBy(context, [{ claims: { $in: [...wanted] } }], exceptId, now);
  return new Set([...occupied].filter((claim) => wanted.has(claim)));
}

/** All claims of the other appointments that have one with such a beginning. */
export async function occupiedFrom(
  context: ServiceContext,
  beginnings: readonly string[],
  exceptId: string,
  now: Date,
): Promise<Set<string>> {
  const ranges = beginnings.map((beginning) => ({ claims: new RegExp(`^${escaped(beginning)}`, 'u') }));
  return occupiedBy(context, ranges, exceptId, now);
}

/** Looked up in the index, of which nothing but the claims is fetched. */
async function occupiedBy(
  context: ServiceContext,
  any: Filter<Appointment>[],
  exceptId: string,
  now: Date,
): Promise<Set<string>> {
  const occupied = new Set<string>();
  const found = await context.models.appointments
    // The type is what lets the partial index serve.
    .find({ claims: { $type: 'string' }, $or: any }, { claims: 1, held: 1 })
    .lean();
  for (const { _id, claims = [], held } of found) {
    if (_id === exceptId) continue;
    const isOver = held !== null && held.until <= now;
    const theirs = isOver ? ((await giveBackHold(context, _id, now)).claims ?? []) : claims;
    for (const claim of theirs) occupied.add(claim);
  }
  return occupied;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, String.raw`\$&`);
}
