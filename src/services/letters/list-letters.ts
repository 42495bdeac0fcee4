import type { OfficialLetter } from '../../models/official-letter.js';
import type { Filter } from '../../models/query.js';
import { decodeCursor, pageOf, type Page } from '../paging/cursor.js';
import type { Actor, ServiceContext } from '../service-context.js';
import { summariseLetter, type LetterSummary } from './letter-view.js';
import { letterReader, visibleTo, type LetterReader } from './visible-to.js';

/** my-turn: wait for the reader · on-the-way: typed, initialled · signed · withdrawn. */
export const LETTER_VIEWS = ['my-turn', 'on-the-way', 'signed', 'withdrawn'] as const;
export type LettersView = (typeof LETTER_VIEWS)[number];

interface ListLettersInput {
  actor: Actor;
  view: LettersView;
  cursor?: string | undefined;
  /** 1 to 100. */
  limit: number;
}

/**
 * A page of letters, what changed last first.
 * @throws DomainError not-allowed; invalid-input for a foreign cursor
 */
export async function listLetters(
  context: ServiceContext,
  { actor, view, cursor = '', limit }: ListLettersInput,
): Promise<Page<LetterSummary>> {
  const reader = await letterReader(context, actor);
  const found = await context.models.officialLetters
    .find({ $and: [viewFilter(view, reader), visibleTo(reader), after(cursor)] }, { thread: 0, body: 0 })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean();
  const { items, next } = pageOf(found, limit, ({ _id: id, updatedAt: at }) => ({ id, at }));
  return { items: items.map((letter) => summariseLetter(letter, reader)), next };
}

/** How many letters wait for the reader; nothing for whom letters do not concern. */
export async function countLetters(
  { models }: ServiceContext,
  { actor }: { actor: Actor },
): Promise<{ myTurn: number }> {
  const person = await models.staff.findOne({ _id: actor.staffId, active: true }, { post: 1 }).lean();
  if (!person?.post) return { myTurn: 0 };
  return { myTurn: await models.officialLetters.countDocuments({ turn: person.post }) };
}

function viewFilter(view: LettersView, { post }: LetterReader): Filter<OfficialLetter> {
  switch (view) {
    case 'my-turn':
      return post === null ? { _id: { $in: [] } } : { turn: post };
    case 'on-the-way':
      return { state: { $in: ['draft', 'circulating'] } };
    default:
      return { state: view };
  }
}

/** The first condition is what the index begins from, the second leaves out what was already shown. */
function after(cursor: string): Filter<OfficialLetter> {
  if (cursor === '') return {};
  const { id, at = new Date(0) } = decodeCursor(cursor, { dated: true });
  return { updatedAt: { $lte: at }, $or: [{ updatedAt: { $lt: at } }, { _id: { $lt: id } }] };
}
