import { createReadStream, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Doc, isArray } from '../bson/value.js';
import { buildIndex } from '../store/build-index.js';
import { withId } from '../store/document-id.js';
import { existsAlready, normalizeIndexSpec } from '../store/index-specs.js';
import type { Store } from '../store/store.js';
import { insertDocument } from '../store/write-document.js';
import { parseExtendedJson } from './parse-extended-json.js';

const LARGEST_COMMIT = { documents: 1000, characters: 4_000_000 };
const NAMED = /^(.+?)(?<!\.indexes)\.jsonl?$/;

interface Source {
  readonly namespace: string;
  readonly file: string;
  readonly indexFile: string;
}

/** The files of FOLDER/DATABASE that exportStore or mongoexport wrote. Throws when there are none. */
export async function findSources(folder: string): Promise<Source[]> {
  if (!existsSync(folder)) throw new Error(`there is no folder ${folder}`);
  const sources: Source[] = [];
  for (const database of await readdir(folder, { withFileTypes: true })) {
    if (!database.isDirectory()) continue;
    const within = join(folder, database.name);
    for (const file of await readdir(within)) {
      const [, name] = NAMED.exec(file) ?? [];
      if (name === undefined) continue;
      sources.push({
        namespace: `${decoded(database.name)}.${decoded(name)}`,
        file: join(within, file),
        indexFile: join(within, `${name}.indexes.json`),
      });
    }
  }
  if (sources.length === 0) throw new Error(`there is no file DATABASE/COLLECTION.jsonl in ${folder}`);
  return sources;
}

/** exportStore encodes what file names cannot hold; mongoexport writes what it was told. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/**
 * Reads the sources into collections that hold nothing yet and gives the number of documents. Throws at the first
 * document that cannot be read or stored, naming its line; then nothing of the import is kept.
 */
export async function importStore(store: Store, sources: readonly Source[]): Promise<number> {
  for (const { namespace } of sources)
    if (store.collections.get(namespace)?.count)
      throw new Error(`${namespace} holds documents already; import into a new folder (--folder)`);
  let documents = 0;
  try {
    for (const source of sources) documents += await importCollection(store, source);
  } catch (error) {
    await store.write(() => {
      for (const { namespace } of sources) drop(store, namespace);
    });
    throw error;
  }
  return documents;
}

function drop(store: Store, namespace: string): void {
  const collection = store.collections.get(namespace);
  if (collection) store.dropCollection(collection);
}

async function importCollection(store: Store, { namespace, file, indexFile }: Source): Promise<number> {
  let documents = 0;
  const collection = await store.write(() => {
    drop(store, namespace);
    return store.ensureCollection(namespace);
  });
  for await (const lines of portions(file)) {
    await store.write(() => {
      for (const { where, document } of lines)
        naming(where, () => insertDocument(store, collection, document));
    });
    documents += lines.length;
  }
  if (!existsSync(indexFile)) return documents;
  const listed = parseExtendedJson(await readFile(indexFile, 'utf8')).get('indexes');
  await store.write(() => {
    for (const spec of isArray(listed) ? listed.map(normalizeIndexSpec) : [])
      if (!existsAlready(collection, spec)) naming(indexFile, () => buildIndex(store, collection, spec));
  });
  return documents;
}

interface Line {
  readonly where: string;
  readonly document: Doc;
}

async function* portions(file: string): AsyncGenerator<Line[]> {
  let waiting: Line[] = [];
  let characters = 0;
  let number = 0;
  for await (const text of linesOf(file)) {
    number += 1;
    if (text.trim() === '') continue;
    const where = `${file} line ${number}`;
    waiting.push({ where, document: naming(where, () => withId(parseExtendedJson(text))) });
    characters += text.length;
    if (waiting.length < LARGEST_COMMIT.documents && characters < LARGEST_COMMIT.characters) continue;
    yield waiting;
    [waiting, characters] = [[], 0];
  }
  yield waiting;
}

/** Ends lines at line feeds alone: JSON may hold the other characters that readline takes for ends of lines. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

function naming<T>(where: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : 'unreadable'}`, { cause: error });
  }
}
