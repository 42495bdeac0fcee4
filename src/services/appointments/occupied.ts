import type { Appointment } from '../../models/appointment.js';
import type { Filter } from '../../models/query.js';
import type { ServiceContext } from '../service-context.js';
import { giveBackHold } from './give-back-hold.js';

/** Claims from `from` up to, not including, `to`. */
export interface ClaimRange {
  from: string;
  to: string;
}

/** Which of these claims belong to another appointment now. Holds whose time has run out give theirs back first. */
export async function occupiedAmong(
  context: ServiceContext,
  claims: readonly string[],
  exceptId: string,
  now: Date,
): Promise<Set<string>> {
  const wanted = new Set(claims);
  const occupied = await occupiedBy(context, { claims: { $in: [...wanted] } }, exceptId, now);
  return new Set([...occupied].filter((claim) => wanted.has(claim)));
}

/** All claims of the other appointments that have one within the ranges; read by the index, nothing else of them is fetched. */
export async function occupiedWithin(
  context: ServiceContext,
  ranges: readonly ClaimRange[],
  exceptId: string,
  now: Date,
): Promise<Set<string>> {
  const within = ranges.map(({ from, to }) => ({ claims: { $elemMatch: { $gte: from, $lt: to } } }));
  const filter = within.length === 1 ? (within[0] ?? {}) : { $or: within };
  return occupiedBy(context, filter, exceptId, now);
}

async function occupiedBy(
  context: ServiceContext,
  filter: Filter<Appointment>,
  exceptId: string,
  now: Date,
): Promise<Set<string>> {
  const found = await context.models.appointments.find(filter, { claims: 1, held: 1 }).lean();
  const occupied = new Set<string>();
  for (const { _id, claims = [], held } of found) {
    if (_id === exceptId) continue;
    const over = held !== null && held.until <= now;
    const theirs = over ? ((await giveBackHold(context, _id, now)).claims ?? []) : claims;
    for (const claim of theirs) occupied.add(claim);
  }
  return occupied;
}
