import { doc } from '../bson/value.js';
import { changeAll } from '../query/change-matches.js';
import { Query } from '../query/query.js';
import type { Store } from '../store/store.js';
import { deleteDocument } from '../store/write-document.js';

/** Deletes the documents whose time is up by a TTL index. Gives their number. */
export async function expireDocuments(store: Store, now: Date): Promise<number> {
  if (!store.expiring) return 0;
  let expired = 0;
  for (const { namespace, indexes } of [...store.collections.values()]) {
    for (const { expireAfterSeconds, pattern, partialSpec } of indexes) {
      const [field] = pattern.keys();
      if (expireAfterSeconds === undefined || field === undefined) continue;
      const due = doc({
        [field]: doc({ $lte: new Date(now.getTime() - expireAfterSeconds * 1000) }),
        $and: partialSpec ? [partialSpec] : undefined,
      });
      expired += await changeAll(
        store,
        namespace,
        new Query(due, { variables: new Map(), now }),
        (collection, match) => deleteDocument(store, collection, match),
      );
    }
  }
  return expired;
}
