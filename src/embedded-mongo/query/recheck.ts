import type { Predicate } from '../language/match.js';
import type { Collection } from '../store/collection.js';
import { documentKey } from '../store/record-keys.js';
import type { Store } from '../store/store.js';
import { Match } from './find-matches.js';

/** Documents that one command changes in one commit; larger changes are spread over several, as MongoDB yields. */
export const MATCHES_PER_COMMIT = 500;

/** The records that still exist and still match; only within a write. */
export function stillMatching(
  store: Store,
  collection: Collection,
  records: readonly number[],
  matches: Predicate,
): Match[] {
  const out: Match[] = [];
  if (!store.collections.has(collection.namespace)) return out;
  for (const record of records) {
    const bytes = store.documents.getBinary(documentKey(collection.id, record));
    if (!bytes) continue;
    const match = new Match(record, bytes);
    if (matches(match.document, match.found)) out.push(match);
  }
  return out;
}
