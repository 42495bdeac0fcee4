import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { decodeDocument } from '../bson/decode.js';
import { doc } from '../bson/value.js';
import { StoreDamagedError } from '../errors.js';
import { type Collection, databaseOf, nameOf } from '../store/collection.js';
import { prefix } from '../store/record-keys.js';
import type { Store } from '../store/store.js';
import { toExtendedJson } from './write-extended-json.js';

/**
 * Writes FOLDER/DATABASE/COLLECTION.jsonl for mongoimport, with COLLECTION.indexes.json beside it. Gives the number of
 * documents. The folder must be new, and is only there when all is written.
 */
export async function exportStore(store: Store, target: string): Promise<number> {
  if (existsSync(target)) throw new Error(`${target} exists already; name a new folder`);
  const partial = `${target}.partial`;
  let documents = 0;
  try {
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { recursive: true, mode: 0o700 });
    for (const collection of store.collections.values())
      documents += await exportCollection(store, collection, partial);
    await rename(partial, target);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return documents;
}

async function exportCollection(store: Store, collection: Collection, target: string): Promise<number> {
  const folder = join(target, encodeURIComponent(databaseOf(collection)));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const base = join(folder, encodeURIComponent(nameOf(collection)));
  const indexes = doc({ indexes: collection.indexes.map(({ spec }) => spec) });
  await writeFile(`${base}.indexes.json`, `${toExtendedJson(indexes)}\n`, { mode: 0o600 });
  let documents = 0;
  const lines = function* (): Generator<string> {
    const range = { start: prefix(collection.id), end: prefix(collection.id + 1) };
    for (const { value } of store.documents.getRange(range)) {
      documents += 1;
      yield `${toExtendedJson(decodeDocument(Buffer.from(value)))}\n`;
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(`${base}.jsonl`, { mode: 0o600, flush: true }));
  // A damaged page ends the reading without an error.
  if (documents !== collection.count)
    throw new StoreDamagedError(
      store.folder,
      `${collection.namespace} gives ${documents} of ${collection.count} documents`,
    );
  return documents;
}
