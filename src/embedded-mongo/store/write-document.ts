import { decodeDocument, decodeFields } from '../bson/decode.js';
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
  readonly keys: readonly Buffer[];
  readonly multikey: boolean;
  readonly exact: boolean;
}

const NO_KEYS: IndexKeys = { keys: [], multikey: false, exact: true };

/** The keys of a document in an index; none where a sparse or partial index leaves it out. */
export function indexKeys(index: Index, document: Doc): IndexKeys {
  if (index.partial && !index.partial(document)) return NO_KEYS;
  const isThere = (path: readonly string[]): boolean =>
    visitPath(document, path, false, (value) => value !== undefined);
  // Parallel arrays are an error also in a document that a sparse index would leave out.
  const { tuples, multikey } = keyTuples(document, index.paths);
  if (index.sparse && !index.paths.some(isThere)) return NO_KEYS;
  const encoded = tuples.map((tuple) => encodeKey(tuple, index.directions));
  return {
    keys:
      encoded.length > 1 ? distinct(encoded.map(({ bytes }) => bytes)) : encoded.map(({ bytes }) => bytes),
    multikey,
    exact: encoded.every(({ exact }) => exact),
  };
}

const distinct = (keys: readonly Buffer[]): Buffer[] => [
  ...new Map(keys.map((key) => [key.toString('latin1'), key])).values(),
];

/** Stores a new document; only within a write. Checks everything first, so that a refusal leaves nothing behind. */
export function insertDocument(
  store: Store,
  collection: Collection,
  document: Doc,
  bytes = encodeDocument(document),
): void {
  checkSize(bytes);
  const added = collection.indexes.map((index) => indexKeys(index, document));
  collection.indexes.forEach((index, i) => {
    checkUnique(store, collection, index, added[i]?.keys ?? [], document, undefined);
  });
  const record = collection.nextRecord;
  collection.nextRecord += 1;
  collection.indexes.forEach((index, i) => {
    const found = added[i] ?? NO_KEYS;
    addKeys(store, index, found.keys, record);
    noteShape(store, collection, index, found);
  });
  store.documents.putSync(documentKey(collection.id, record), bytes);
  store.noteChange(collection, 1, bytes.length);
}

export interface Stored {
  readonly record: number;
  readonly bytes: Buffer;
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
  const before = indexedPart(collection, old.bytes);
  const changes = collection.indexes.map((index) => difference(index, before, document));
  for (const { index, added } of changes) checkUnique(store, collection, index, added, document, old.record);
  for (const { index, found, added, removed } of changes) {
    removeKeys(store, index, removed, old.record);
    addKeys(store, index, added, old.record);
    noteShape(store, collection, index, found);
  }
  store.documents.putSync(documentKey(collection.id, old.record), bytes);
  store.noteChange(collection, 0, bytes.length - old.bytes.length);
}

/** Removes a stored document; only within a write. */
export function deleteDocument(store: Store, collection: Collection, old: Stored): void {
  const before = indexedPart(collection, old.bytes);
  for (const index of collection.indexes) removeKeys(store, index, indexKeys(index, before).keys, old.record);
  store.documents.removeSync(documentKey(collection.id, old.record));
  store.noteChange(collection, -1, -old.bytes.length);
}

/** As much of a stored document as its index keys depend on. */
function indexedPart(collection: Collection, bytes: Buffer): Doc {
  const fields = new Set<string>();
  for (const index of collection.indexes) {
    if (!index.fields) return decodeDocument(bytes);
    for (const field of index.fields) fields.add(field);
  }
  return decodeFields(bytes, fields);
}

interface Difference {
  readonly index: Index;
  readonly found: IndexKeys;
  readonly added: readonly Buffer[];
  readonly removed: readonly Buffer[];
}

function difference(index: Index, before: Doc, after: Doc): Difference {
  const old = indexKeys(index, before).keys;
  const found = indexKeys(index, after);
  const without = (keys: readonly Buffer[], others: readonly Buffer[]): Buffer[] =>
    keys.filter((key) => !others.some((other) => other.equals(key)));
  return { index, found, added: without(found.keys, old), removed: without(old, found.keys) };
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

function checkSize({ length }: Buffer): void {
  if (length > LARGEST_DOCUMENT)
    throw new MongoError(10334, `BSONObj size: ${length} is invalid. It must be at most 16777216 (16MB)`);
}
