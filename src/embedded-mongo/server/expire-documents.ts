import { doc } from '../bson/value.js';
import { compileFilter } from '../language/match.js';
import { findMatches } from '../query/find-matches.js';
import { MATCHES_PER_COMMIT, stillMatching } from '../query/recheck.js';
import type { Collection, Index } from '../store/collection.js';
import type { Store } from '../store/store.js';
import { deleteDocument } from '../store/write-document.js';

/** Deletes the documents whose time is up by a TTL index. Gives their number. */
export async function expireDocuments(store: Store, now: Date): Promise<number> {
  let expired = 0;
  for (const collection of store.collections.values()) {
    for (const index of collection.indexes) expired += await expireByIndex(store, collection, index, now);
  }
  return expired;
}

async function expireByIndex(store: Store, collection: Collection, index: Index, now: Date): Promise<number> {
  if (index.expireAfterSeconds === undefined) return 0;
  const [field] = index.pattern.keys();
  if (field === undefined) return 0;
  const limit = new Date(now.getTime() - index.expireAfterSeconds * 1000);
  const conditions = doc({
    [field]: doc({ $lte: limit }),
    $and: index.partialSpec ? [index.partialSpec] : undefined,
  });
  const context = { variables: new Map(), now };
  const matches = compileFilter(conditions, context);
  const records: number[] = [];
  for await (const part of findMatches(store, collection, { filter: conditions }, context))
    records.push(...part.map(({ record }) => record));
  let expired = 0;
  for (let start = 0; start < records.length; start += MATCHES_PER_COMMIT) {
    expired += await store.write(() => {
      const current = stillMatching(
        store,
        collection,
        records.slice(start, start + MATCHES_PER_COMMIT),
        matches,
      );
      for (const match of current) deleteDocument(store, collection, match);
      return current.length;
    });
  }
  return expired;
}
