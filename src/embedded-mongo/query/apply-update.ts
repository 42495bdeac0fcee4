import { ObjectId } from 'bson';
import { equal } from '../bson/compare.js';
import { decodeDocument } from '../bson/decode.js';
import { encodeDocument } from '../bson/encode.js';
import { show } from '../bson/show.js';
import type { Doc, Maybe, Value } from '../bson/value.js';
import type { Situation, Update } from '../language/update/compile-update.js';
import { checkUpsertFilter, upsertSeed } from '../language/update/upsert-seed.js';
import { MongoError } from '../mongo-error.js';
import type { Collection } from '../store/collection.js';
import { checkId, refuseEmptyTimestamps } from '../store/document-id.js';
import type { Store } from '../store/store.js';
import { insertDocument, replaceDocument } from '../store/write-document.js';
import { changeAll, changeFirst } from './change-matches.js';
import type { Match } from './find-matches.js';
import type { Query } from './query.js';

export interface UpdateRequest {
  readonly namespace: string;
  readonly query: Query;
  readonly update: Update;
  readonly upsert: boolean;
}

export interface UpdateResult {
  readonly matched: number;
  readonly modified: number;
  /** _id of the inserted document. */
  readonly upserted?: Value;
  /** The document before and after, as BSON. */
  readonly before?: Buffer;
  readonly after?: Buffer;
}

const NOTHING: UpdateResult = { matched: 0, modified: 0 };

/** Updates the first match or inserts. */
export function updateOne(store: Store, request: UpdateRequest): Promise<UpdateResult> {
  const { namespace, query, update, upsert } = request;
  if (upsert) checkUpsertFilter(query.filter);
  return changeFirst(store, namespace, query, upsert, (collection, match) => {
    if (collection && match) return changeMatch(store, collection, match, update);
    return upsert ? insertFromFilter(store, request) : NOTHING;
  });
}

/** Updates all matches, or inserts when there are none. */
export async function updateMany(store: Store, request: UpdateRequest): Promise<UpdateResult> {
  const { namespace, query, update, upsert } = request;
  if (upsert) checkUpsertFilter(query.filter);
  let modified = 0;
  const matched = await changeAll(store, namespace, query, (collection, match) => {
    modified += changeMatch(store, collection, match, update).modified;
  });
  return matched === 0 && upsert ? updateOne(store, request) : { matched, modified };
}

function changeMatch(store: Store, collection: Collection, match: Match, update: Update): UpdateResult {
  const before = match.bytes;
  const document = decodeDocument(before);
  const id = document.get('_id') ?? null;
  const situation: Situation = { inserting: false, found: match.found };
  const changed = update.apply(document, situation);
  const newId = changed.get('_id');
  if (newId === undefined || !equal(newId, id)) throw changedId(update, newId);
  if (changed.keys().next().value !== '_id') throw new MongoError(1, 'an update moved _id');
  if (update.kind === 'replacement') refuseEmptyTimestamps(changed);
  const after = encodeDocument(changed);
  if (after.equals(before) && !situation.counted) return { matched: 1, modified: 0, before, after };
  replaceDocument(store, collection, match, changed, after);
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
  const after = encodeDocument(document);
  insertDocument(store, store.ensureCollection(namespace), document, after);
  return { matched: 1, modified: 0, upserted: id, after };
}
