import { DROPPED, MongoError } from '../mongo-error.js';
import type { Collection } from '../store/collection.js';
import { documentKey } from '../store/record-keys.js';
import type { Store } from '../store/store.js';
import { findMatches, firstMatch, type Match, matchOf, MatchReader } from './find-matches.js';
import type { Query } from './query.js';

/** Documents that one command changes in one commit; larger changes are spread over several, as MongoDB yields. */
export const CHANGES_PER_COMMIT = 500;
/** Documents that are examined at most within a write, while other writes wait. */
const MOST_EXAMINED = 500;
const MOST_SEARCHES = 3;

/** A search before the write: the record found, and the collection and its state when it began. */
interface Search {
  readonly record: number | undefined;
  readonly collection: Collection;
  readonly changes: number;
}

/**
 * Changes the first match within a commit. When finding it takes long, that is done before: the match is then checked
 * anew within the commit, and sought again if it no longer matches. `inserts` says that finding nothing leads to an
 * insertion, so it counts only when the collection has not changed since the search.
 */
export async function changeFirst<T>(
  store: Store,
  namespace: string,
  query: Query,
  inserts: boolean,
  change: (collection: Collection | undefined, match: Match | undefined) => T,
): Promise<T> {
  let search: Search | undefined;
  for (let attempt = 0; ; attempt += 1) {
    const most = attempt < MOST_SEARCHES ? MOST_EXAMINED : Infinity;
    const done = await store.write(() => {
      const collection = store.collections.get(namespace);
      if (!collection) return { value: change(undefined, undefined) };
      const found = search && recall(store, collection, query, search, inserts);
      const match = found ?? firstMatch(store, collection, query, most);
      if (match === 'long') return undefined;
      return { value: change(collection, match === 'none' ? undefined : match) };
    });
    if (done) return done.value;
    search = await searchFirst(store, namespace, query);
  }
}

/** undefined when what it read was dropped meanwhile. */
async function searchFirst(store: Store, namespace: string, query: Query): Promise<Search | undefined> {
  const collection = store.collections.get(namespace);
  if (!collection) return undefined;
  const { changes } = collection;
  try {
    const found = await new MatchReader(store, collection, query, 1).next();
    return { record: found?.[0]?.record, collection, changes };
  } catch (error) {
    if (error instanceof MongoError && error.code === DROPPED) return undefined;
    throw error;
  }
}

/** What a search gives by now; undefined when it must be repeated. */
function recall(
  store: Store,
  collection: Collection,
  query: Query,
  search: Search,
  inserts: boolean,
): Match | 'none' | undefined {
  if (search.record !== undefined) return stillMatching(store, collection, search.record, query);
  const isSame = search.collection === collection && search.changes === collection.changes;
  return !inserts || isSame ? 'none' : undefined;
}

function stillMatching(
  store: Store,
  collection: Collection,
  record: number,
  query: Query,
): Match | undefined {
  const bytes = store.documents.getBinary(documentKey(collection.id, record));
  return bytes && matchOf({ record, bytes }, query);
}

/** Changes all matches, a portion per commit; those that no longer match by then are left out. Gives their number. */
export async function changeAll(
  store: Store,
  namespace: string,
  query: Query,
  change: (collection: Collection, match: Match) => void,
): Promise<number> {
  const collection = store.collections.get(namespace);
  if (!collection) return 0;
  const records: number[] = [];
  for await (const part of findMatches(store, collection, query))
    for (const { record } of part) records.push(record);
  let changed = 0;
  for (let start = 0; start < records.length; start += CHANGES_PER_COMMIT) {
    query.timeLimit?.check();
    changed += await store.write(() => {
      const current = store.collections.get(namespace);
      if (current?.id !== collection.id) return 0;
      const matches = records
        .slice(start, start + CHANGES_PER_COMMIT)
        .map((record) => stillMatching(store, current, record, query))
        .filter((match) => match !== undefined);
      for (const match of matches) change(current, match);
      return matches.length;
    });
  }
  return changed;
}
