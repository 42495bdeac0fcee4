import { decodeDocument, decodeFields } from '../bson/decode.js';
import type { Doc } from '../bson/value.js';
import { type Collection, makeIndex } from './collection.js';
import { prefix } from './record-keys.js';
import type { Store } from './store.js';
import { addKeys, checkUnique, indexKeys, noteShape } from './write-document.js';

/** Adds an index and the keys of the documents there are; only within a write. Leaves nothing behind when it fails. */
export function buildIndex(store: Store, collection: Collection, spec: Doc): void {
  const index = makeIndex(store.takeId(), spec);
  const range = { start: prefix(collection.id), end: prefix(collection.id + 1) };
  try {
    for (const { key, value } of store.documents.getRange(range)) {
      const record = key.readUIntBE(4, 6);
      const document = index.fields ? decodeFields(value, index.fields) : decodeDocument(value);
      const found = indexKeys(index, document);
      checkUnique(store, collection, index, found.keys, document, record);
      addKeys(store, index, found.keys, record);
      noteShape(store, collection, index, found);
    }
  } catch (error) {
    store.dropIndexKeys(index.id);
    throw error;
  }
  collection.indexes.push(index);
  store.saveCollection(collection);
}
