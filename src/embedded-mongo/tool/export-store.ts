import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { decodeDocument } from '../bson/decode.js';
import { doc, isArray } from '../bson/value.js';
import { buildIndex } from '../store/build-index.js';
import { type Collection, databaseOf, nameOf } from '../store/collection.js';
import { withId } from '../store/document-id.js';
import { existsAlready, normalizeIndexSpec } from '../store/index-specs.js';
import { prefix } from '../store/record-keys.js';
import type { Store } from '../store/store.js';
import { insertDocument } from '../store/write-document.js';
import { fromExtendedJson, toExtendedJson } from './extended-json.js';

const PER_COMMIT = 1000;

/** Writes FOLDER/DATABASE/COLLECTION.jsonl for mongoimport, with COLLECTION.indexes.json beside it. Gives the number of documents. */
export async function exportStore(store: Store, target: string): Promise<number> {
  let documents = 0;
  for (const collection of store.collections.values())
    documents += await exportCollection(store, collection, target);
  return documents;
}

async function exportCollection(store: Store, collection: Collection, target: string): Promise<number> {
  const folder = join(target, encodeURIComponent(databaseOf(collection)));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const base = join(folder, encodeURIComponent(nameOf(collection)));
  const indexes = collection.indexes.map(({ spec }) => spec);
  await writeFile(`${base}.indexes.json`, `${toExtendedJson(doc({ indexes }))}\n`, { mode: 0o600 });
  const out = createWriteStream(`${base}.jsonl`, { mode: 0o600 });
  let documents = 0;
  for (const { value } of store.documents.getRange({
    start: prefix(collection.id),
    end: prefix(collection.id + 1),
  })) {
    documents += 1;
    if (!out.write(`${toExtendedJson(decodeDocument(Buffer.from(value)))}\n`)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
  return documents;
}

/** Reads what exportStore or mongoexport wrote; documents are added to those there are. Throws at the first bad line, naming it. */
export async function importStore(store: Store, source: string): Promise<number> {
  let documents = 0;
  for (const database of await readdir(source)) {
    const files = (await readdir(join(source, database))).filter((name) => name.endsWith('.jsonl'));
    for (const name of files) {
      const base = join(source, database, name.slice(0, -'.jsonl'.length));
      const namespace = `${decodeURIComponent(database)}.${decodeURIComponent(name.slice(0, -'.jsonl'.length))}`;
      documents += await importCollection(store, namespace, base);
    }
  }
  return documents;
}

async function importCollection(store: Store, namespace: string, base: string): Promise<number> {
  await store.write(() => {
    if (!store.collections.has(namespace)) store.createCollection(namespace, new Map());
  });
  let documents = 0;
  let waiting: string[] = [];
  const flush = async (): Promise<void> => {
    const lines = waiting;
    const first = documents + 1;
    waiting = [];
    documents += lines.length;
    await store.write(() => insertLines(store, namespace, lines, `${base}.jsonl`, first));
  };
  for await (const line of createInterface({
    input: createReadStream(`${base}.jsonl`),
    crlfDelay: Infinity,
  })) {
    if (line.trim()) waiting.push(line);
    if (waiting.length === PER_COMMIT) await flush();
  }
  await flush();
  if (existsSync(`${base}.indexes.json`))
    await importIndexes(store, namespace, await readFile(`${base}.indexes.json`, 'utf8'));
  return documents;
}

function insertLines(store: Store, namespace: string, lines: string[], file: string, first: number): void {
  const collection = store.collections.get(namespace);
  if (!collection) return;
  lines.forEach((line, i) => {
    try {
      insertDocument(store, collection, withId(fromExtendedJson(line)));
    } catch (error) {
      throw new Error(
        `${file} document ${first + i}: ${error instanceof Error ? error.message : 'unreadable'}`,
        { cause: error },
      );
    }
  });
}

async function importIndexes(store: Store, namespace: string, text: string): Promise<void> {
  const listed = fromExtendedJson(text).get('indexes');
  await store.write(() => {
    const collection = store.collections.get(namespace);
    if (!collection || !isArray(listed)) return;
    for (const spec of listed.map(normalizeIndexSpec))
      if (!existsAlready(collection, spec)) buildIndex(store, collection, spec);
  });
}
