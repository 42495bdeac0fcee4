import { ObjectId } from 'bson';
import { equal } from '../bson/compare.js';
import { decodeDocument } from '../bson/decode.js';
import { encodeDocument } from '../bson/encode.js';
import { show } from '../bson/show.js';
import type { Doc, Maybe, Value } from '../bson/value.js';
import { compileFilter, type MatchContext } from '../language/match.js';
import type { Update } from '../language/update/compile-update.js';
import { upsertSeed } from '../language/update/upsert-seed.js';
import { MongoError } from '../mongo-error.js';
import type { Collection } from '../store/collection.js';
import { checkId, refuseEmptyTimestamps } from '../store/document-id.js';
import type { Store } from '../store/store.js';
import { insertDocument, replaceDocument } from '../store/write-document.js';
import { findMatches, firstMatch, type Match, type Query } from './find-matches.js';
import { MATCHES_PER_COMMIT, stillMatching } from './recheck.js';

export interface UpdateRequest {
  readonly namespace: string;
  readonly query: Query;
  readonly update: Update;
  readonly upsert: boolean;
  readonly context: MatchContext;
}

export interface UpdateResult {
  readonly matched: number;
  readonly modified: number;
  /** _id of the inserted document. */
  readonly upserted?: Value;
  readonly before?: Doc;
  readonly after?: Doc;
}

/** Updates the first match or inserts; only within a write. */
export function updateOne(store: Store, request: UpdateRequest): UpdateResult {
  const { namespace, query, context, upsert } = request;
  const collection = store.collections.get(namespace);
  const match = collection ? firstMatch(store, collection, query, context) : undefined;
  if (collection && match) return changeMatch(store, collection, match, request.update);
  return upsert ? insertFromFilter(store, request) : { matched: 0, modified: 0 };
}

/** Updates all matches, a portion per commit. */
export async function updateMany(store: Store, request: UpdateRequest): Promise<UpdateResult> {
  const { namespace, query, context, update } = request;
  const collection = store.collections.get(namespace);
  const records: number[] = [];
  if (collection) {
    for await (const part of findMatches(store, collection, query, context))
      records.push(...part.map(({ record }) => record));
  }
  if (!collection || records.length === 0)
    return request.upsert ? store.write(() => updateOne(store, request)) : { matched: 0, modified: 0 };
  const matches = compileFilter(query.filter, context);
  let [matched, modified] = [0, 0];
  for (let start = 0; start < records.length; start += MATCHES_PER_COMMIT) {
    await store.write(() => {
      for (const match of stillMatching(
        store,
        collection,
        records.slice(start, start + MATCHES_PER_COMMIT),
        matches,
      )) {
        modified += changeMatch(store, collection, match, update).modified;
        matched += 1;
      }
    });
  }
  return { matched, modified };
}

function changeMatch(store: Store, collection: Collection, match: Match, update: Update): UpdateResult {
  const before = match.document;
  const after = update.apply(decodeDocument(match.bytes), { inserting: false, found: match.found });
  const id = before.get('_id') ?? null;
  const newId = after.get('_id');
  if (newId === undefined || !equal(newId, id)) throw changedId(update, newId);
  if (after.keys().next().value !== '_id') throw new MongoError(1, 'an update moved _id');
  if (update.kind === 'replacement') refuseEmptyTimestamps(after);
  const bytes = encodeDocument(after);
  if (bytes.equals(match.bytes)) return { matched: 1, modified: 0, before, after };
  replaceDocument(store, collection, match, after, bytes);
  return { matched: 1, modified: 1, before, after };
}

function changedId(update: Update, id: Maybe): MongoError {
  return new MongoError(
    66,
    update.kind === 'operators'
      ? "Performing an update on the path '_id' would modify the immutable field '_id'"
      : `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${show(id)}`,
  );
}

function insertFromFilter(store: Store, { namespace, query, update }: UpdateRequest): UpdateResult {
  const seed = upsertSeed(query.filter, update.kind === 'replacement');
  const seedId = seed.get('_id');
  const changed = update.apply(seed, { inserting: true, found: {} });
  const given = changed.get('_id');
  const id = given === undefined ? new ObjectId() : given;
  if (seedId !== undefined && !equal(seedId, id)) throw changedId(update, id);
  checkId(id);
  refuseEmptyTimestamps(changed);
  const document: Doc = new Map([['_id', id]]);
  for (const [name, value] of changed) if (name !== '_id') document.set(name, value);
  const collection = store.collections.get(namespace) ?? store.createCollection(namespace, new Map());
  insertDocument(store, collection, document);
  return { matched: 1, modified: 0, upserted: id, after: document };
}
