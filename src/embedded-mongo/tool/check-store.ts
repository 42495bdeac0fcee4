import { decodeDocument } from '../bson/decode.js';
import type { Doc } from '../bson/value.js';
import type { Collection, Index } from '../store/collection.js';
import { documentKey, prefix } from '../store/record-keys.js';
import type { Store } from '../store/store.js';
import { indexKeys, plainKey, uniqueKey } from '../store/write-document.js';

export interface CheckResult {
  readonly collections: number;
  readonly documents: number;
  readonly keys: number;
  /** What is wrong; empty when the store is sound. */
  readonly problems: string[];
}

/** Compares every document with every index key, both ways, and with the counts. Changes nothing. */
export function checkStore(store: Store): CheckResult {
  const problems: string[] = [];
  let [documents, keys] = [0, 0];
  for (const collection of store.collections.values()) {
    const found = checkDocuments(store, collection, problems);
    documents += found;
    if (found !== collection.count)
      problems.push(`${collection.namespace}: ${found} documents, counted ${collection.count}`);
    for (const index of collection.indexes) keys += checkKeys(store, collection, index, problems);
  }
  return { collections: store.collections.size, documents, keys, problems };
}

function checkDocuments(store: Store, collection: Collection, problems: string[]): number {
  let found = 0;
  for (const { key, value } of store.documents.getRange({
    start: prefix(collection.id),
    end: prefix(collection.id + 1),
  })) {
    found += 1;
    const record = key.readUIntBE(4, 6);
    const where = `${collection.namespace} record ${record}`;
    const document = readable(Buffer.from(value), where, problems);
    if (document)
      for (const index of collection.indexes) checkDocument(store, index, document, record, where, problems);
  }
  return found;
}

function readable(bytes: Buffer, where: string, problems: string[]): Doc | undefined {
  try {
    return decodeDocument(bytes);
  } catch (error) {
    problems.push(`${where}: ${error instanceof Error ? error.message : 'unreadable'}`);
    return undefined;
  }
}

function checkDocument(
  store: Store,
  index: Index,
  document: Doc,
  record: number,
  where: string,
  problems: string[],
): void {
  for (const key of indexKeys(index, document).keys) {
    const present = index.unique
      ? store.keys.getBinary(uniqueKey(index, key))?.readUIntBE(0, 6) === record
      : store.keys.getBinary(plainKey(index, key, record)) !== undefined;
    if (!present) problems.push(`${where}: not under its key in index ${index.name}`);
  }
}

function checkKeys(store: Store, collection: Collection, index: Index, problems: string[]): number {
  let found = 0;
  for (const { key, value } of store.keys.getRange({ start: prefix(index.id), end: prefix(index.id + 1) })) {
    found += 1;
    const record = (index.unique ? value : key.subarray(key.length - 6)).readUIntBE(0, 6);
    const own = Buffer.from(index.unique ? key.subarray(4) : key.subarray(4, key.length - 6));
    const where = `${collection.namespace} index ${index.name}`;
    const bytes = store.documents.getBinary(documentKey(collection.id, record));
    if (!bytes) problems.push(`${where}: key of the missing record ${record}`);
    else if (!hasKey(index, bytes, own)) problems.push(`${where}: key that record ${record} does not have`);
  }
  return found;
}

function hasKey(index: Index, bytes: Buffer, own: Buffer): boolean {
  try {
    return indexKeys(index, decodeDocument(bytes)).keys.some((key) => key.equals(own));
  } catch {
    // An unreadable document has been reported already.
    return true;
  }
}
