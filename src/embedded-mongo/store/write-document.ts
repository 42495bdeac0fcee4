import { encodeDocument } from '../bson/encode.js';
import { show } from '../bson/show.js';
import { type Doc, doc, type Value } from '../bson/value.js';
import { EMPTY_ARRAY, keyTuples } from '../language/key-tuples.js';
import { visitPath } from '../language/path.js';
import { MongoError } from '../mongo-error.js';
import type { Collection, Index } from './collection.js';
import { encodeKey } from './encode-key.js';
import { documentKey, prefix, recordBytes } from './record-keys.js';
import type { Store } from './store.js';

const LARGEST_DOCUMENT = 16_777_216;
const NOTHING = Buffer.alloc(0);

export interface IndexKeys {
  readonly keys: Buffer[];
  readonly multikey: boolean;
  readonly exact: boolean;
}

const NO_KEYS: IndexKeys = { keys: [], multikey: false, exact: true };

/** The keys of a document in an index; none where a sparse or partial index leaves it out. */
export function indexKeys(index: Index, document: Doc): IndexKeys {
  if (index.partial && !index.partial(document)) return NO_KEYS;
  if (
    index.sparse &&
    !index.paths.some((path) => visitPath(document, path, false, (value) => value !== undefined))
  )
    return NO_KEYS;
  const { tuples, multikey } = keyTuples(document, index.paths);
  const keys = new Map<string, Buffer>();
  let exact = true;
  for (const tuple of tuples) {
    const encoded = encodeKey(tuple, index.directions);
    exact &&= encoded.exact;
    keys.set(encoded.bytes.toString('latin1'), encoded.bytes);
  }
  return { keys: [...keys.values()], multikey, exact };
}

/** Stores a new document; only within a write. Checks everything first, so that a refusal leaves nothing behind. */
export function insertDocument(
  store: Store,
  collection: Collection,
  document: Doc,
  bytes = encodeDocument(document),
): void {
  checkSize(bytes);
  const changes = collection.indexes.map((index) => ({ index, found: indexKeys(index, document) }));
  for (const { index, found } of changes)
    checkUnique(store, collection, index, found.keys, document, undefined);
  const record = collection.nextRecord;
  collection.nextRecord += 1;
  for (const { index, found } of changes) {
    addKeys(store, index, found.keys, record);
    noteShape(store, collection, index, found);
  }
  store.documents.putSync(documentKey(collection.id, record), bytes);
  collection.count += 1;
  collection.size += bytes.length;
  collection.changed = true;
}

export interface Stored {
  readonly record: number;
  readonly bytes: Buffer;
  readonly document: Doc;
}

/** Replaces a stored document; only within a write. */
export function replaceDocument(
  store: Store,
  collection: Collection,
  old: Stored,
  document: Doc,
  bytes: Buffer,
): void {
  checkSize(bytes);
  const changes = collection.indexes.map((index) => difference(index, old.document, document));
  for (const { index, added } of changes) checkUnique(store, collection, index, added, document, old.record);
  for (const { index, added, removed, found } of changes) {
    removeKeys(store, index, removed, old.record);
    addKeys(store, index, added, old.record);
    noteShape(store, collection, index, found);
  }
  store.documents.putSync(documentKey(collection.id, old.record), bytes);
  collection.size += bytes.length - old.bytes.length;
  collection.changed = true;
}

/** Removes a stored document; only within a write. */
export function deleteDocument(store: Store, collection: Collection, old: Stored): void {
  for (const index of collection.indexes)
    removeKeys(store, index, indexKeys(index, old.document).keys, old.record);
  store.documents.removeSync(documentKey(collection.id, old.record));
  collection.count -= 1;
  collection.size -= old.bytes.length;
  collection.changed = true;
}

function difference(
  index: Index,
  before: Doc,
  after: Doc,
): { index: Index; added: Buffer[]; removed: Buffer[]; found: IndexKeys } {
  const old = indexKeys(index, before).keys;
  const found = indexKeys(index, after);
  const without = (keys: Buffer[], others: Buffer[]): Buffer[] =>
    keys.filter((key) => !others.some((other) => other.equals(key)));
  return { index, added: without(found.keys, old), removed: without(old, found.keys), found };
}

export const uniqueKey = (index: Index, key: Buffer): Buffer => Buffer.concat([prefix(index.id), key]);
export const plainKey = (index: Index, key: Buffer, record: number): Buffer =>
  Buffer.concat([prefix(index.id), key, recordBytes(record)]);

export function addKeys(store: Store, index: Index, keys: readonly Buffer[], record: number): void {
  for (const key of keys) {
    if (index.unique) store.keys.putSync(uniqueKey(index, key), recordBytes(record));
    else store.keys.putSync(plainKey(index, key, record), NOTHING);
  }
}

function removeKeys(store: Store, index: Index, keys: readonly Buffer[], record: number): void {
  for (const key of keys)
    store.keys.removeSync(index.unique ? uniqueKey(index, key) : plainKey(index, key, record));
}

export function checkUnique(
  store: Store,
  collection: Collection,
  index: Index,
  keys: readonly Buffer[],
  document: Doc,
  record: number | undefined,
): void {
  if (!index.unique) return;
  for (const key of keys) {
    const holder = store.keys.getBinary(uniqueKey(index, key));
    if (holder !== undefined && holder.readUIntBE(0, 6) !== record)
      throw duplicateKey(collection, index, document, key);
  }
}

function duplicateKey(collection: Collection, index: Index, document: Doc, key: Buffer): MongoError {
  const { tuples } = keyTuples(document, index.paths);
  const tuple = tuples.find((candidate) => encodeKey(candidate, index.directions).bytes.equals(key)) ?? [];
  const values = [...index.pattern.keys()].map((name, i): [string, Value] => {
    const part = tuple[i];
    return [name, part === EMPTY_ARRAY || part === undefined ? null : part];
  });
  const shown = values.map(([name, value]) => `${name}: ${show(value)}`).join(', ');
  return new MongoError(
    11000,
    `E11000 duplicate key error collection: ${collection.namespace} index: ${index.name} dup key: { ${shown} }`,
    doc({ keyPattern: index.pattern, keyValue: new Map(values) }),
  );
}

/** Remembers in the catalogue what the planner must know about the keys. */
export function noteShape(store: Store, collection: Collection, index: Index, found: IndexKeys): void {
  const multikey = index.multikey || found.multikey;
  const inexact = index.inexact || !found.exact;
  if (multikey === index.multikey && inexact === index.inexact) return;
  index.multikey = multikey;
  index.inexact = inexact;
  store.saveCollection(collection);
}

function checkSize(bytes: Buffer): void {
  if (bytes.length > LARGEST_DOCUMENT) {
    throw new MongoError(
      10334,
      `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${LARGEST_DOCUMENT}(16MB)`,
    );
  }
}
