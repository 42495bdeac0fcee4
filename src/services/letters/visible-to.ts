import type { OfficialLetter, Post } from '../../models/official-letter.js';
import type { Filter } from '../../models/query.js';
import { DomainError } from '../../shared/errors.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { hasRole } from '../staff/authorise.js';

/** What somebody may see of the letters, and as whom. */
export interface LetterReader {
  post: Post | null;
  supervises: boolean;
  /** Only signed letters to this unit; null: all letters. */
  unitCode: string | null;
}

/**
 * Whom letters concern: the posts they pass, the contact centre that asked for them, and the unit a letter is addressed to
 * once it is signed (R-E3).
 * @throws DomainError not-allowed for everybody else
 */
export async function letterReader({ models }: ServiceContext, actor: Actor): Promise<LetterReader> {
  const person = await models.staff
    .findOne({ _id: actor.staffId, active: true }, { post: 1, unitCode: 1 })
    .lean();
  if (!person) throw new DomainError('not-allowed');
  const post = person.post ?? null;
  const supervises = hasRole(actor, 'supervisor');
  if (post !== null || hasRole(actor, 'agent', 'supervisor')) return { post, supervises, unitCode: null };
  if (!hasRole(actor, 'unit-member', 'head-of-unit') || person.unitCode === null) {
    throw new DomainError('not-allowed');
  }
  return { post, supervises, unitCode: person.unitCode };
}

/** The letters a reader may know of. */
export function visibleTo({ unitCode }: LetterReader): Filter<OfficialLetter> {
  return unitCode === null ? {} : { unitCode, state: 'signed' };
}

/** @throws DomainError not-allowed, not-found */
export async function readableLetter(
  context: ServiceContext,
  { id, actor }: { id: string; actor: Actor },
): Promise<{ letter: OfficialLetter; reader: LetterReader }> {
  const reader = await letterReader(context, actor);
  const letter = await context.models.officialLetters.findOne({ _id: id, ...visibleTo(reader) }).lean();
  if (!letter) throw new DomainError('not-found');
  return { letter, reader };
}
