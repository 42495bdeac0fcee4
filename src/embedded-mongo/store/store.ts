import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, open, type RootDatabase } from 'lmdb';
import { decodeDocument } from '../bson/decode.js';
import { encodeDocument } from '../bson/encode.js';
import { StoreDamagedError } from '../errors.js';
import { MongoError } from '../mongo-error.js';
import {
  type Collection,
  fromCatalogue,
  ID_INDEX,
  makeCollection,
  makeIndex,
  toCatalogue,
} from './collection.js';
import { documentKey, prefix } from './record-keys.js';

const FORMAT = 'dering-store-1';
const FORMAT_KEY = Buffer.from('format');
const COLLECTION_PREFIX = 'collection/';
/** Commands that share one commit. */
const LARGEST_GROUP = 500;
const OPTIONS = { encoding: 'binary', keyEncoding: 'binary', cache: false } as const;

const MAGIC = 0xbeefc0de;
const MAGIC_PLACE = 24;
const META_BYTES = 8192;

type Table = Database<Buffer, Buffer>;

interface Task {
  /** Does the work and gives what tells its caller after the commit. */
  readonly run: () => () => void;
  readonly reject: (error: unknown) => void;
}

/** The data file: documents, index keys and the catalogue, with writes grouped into commits that reach the disk. */
export class Store {
  readonly collections = new Map<string, Collection>();
  /** Whether TTL indexes delete what is due. */
  expiring = true;
  readonly documents: Table;
  readonly keys: Table;
  private readonly catalogue: Table;
  private readonly environment: RootDatabase<Buffer, Buffer>;
  private readonly changed = new Set<Collection>();
  private queue: Task[] = [];
  private nextId = 1;

  constructor(readonly folder: string) {
    this.environment = openEnvironment(folder);
    try {
      this.catalogue = this.environment.openDB<Buffer, Buffer>('catalogue', OPTIONS);
      this.documents = this.environment.openDB<Buffer, Buffer>('documents', OPTIONS);
      this.keys = this.environment.openDB<Buffer, Buffer>('keys', OPTIONS);
      this.checkFormat();
      this.load();
    } catch (error) {
      void this.environment.close();
      throw error instanceof StoreDamagedError
        ? error
        : new StoreDamagedError(folder, reasonOf(error), { cause: error });
    }
  }

  /** Runs a task in the next commit; the promise settles after the commit is on disk. */
  write<T>(task: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const run = (): (() => void) => {
        try {
          const value = task();
          return () => resolve(value);
        } catch (error) {
          // Commands check before they write, so an answer with a code leaves nothing half done. Anything else aborts.
          if (error instanceof MongoError) return () => reject(error);
          throw error;
        }
      };
      this.queue.push({ run, reject });
      // All commands that arrived in this turn of the event loop share the commit.
      if (this.queue.length === 1) setImmediate(() => this.commit());
    });
  }

  private commit(): void {
    const group = this.queue.splice(0, LARGEST_GROUP);
    if (this.queue.length) setImmediate(() => this.commit());
    try {
      const settle = this.environment.transactionSync(() => {
        const done = group.map(({ run }) => run());
        this.saveChanged();
        return done;
      });
      for (const tell of settle) tell();
    } catch (error) {
      this.abandon(group, error);
    }
  }

  /** Nothing of the group was stored: memory goes back to what the file says, and every command is told. */
  private abandon(group: Task[], cause: unknown): void {
    this.load();
    const reason = reasonOf(cause);
    const isFull = /no space|ENOSPC|MAP_FULL|disk full|Input\/output/i.test(reason);
    const error = isFull
      ? new MongoError(14031, `The disk is full or cannot be written (${reason}); the write was not stored`)
      : new MongoError(1, `The write was not stored: ${reason}`);
    for (const task of group) task.reject(error);
  }

  private checkFormat(): void {
    const format = this.catalogue.get(FORMAT_KEY);
    if (format === undefined && this.isNew()) {
      this.environment.transactionSync(() => {
        this.catalogue.putSync(FORMAT_KEY, Buffer.from(FORMAT));
      });
    } else if (format?.toString() !== FORMAT) throw new StoreDamagedError(this.folder, 'unknown format');
  }

  /** Whether the file holds nothing: one that does, but names no format, is not this store's or has lost its catalogue. */
  private isNew(): boolean {
    const own = [this.catalogue, this.documents, this.keys];
    return (
      own.every((table) => table.getKeysCount({ limit: 1 }) === 0) &&
      this.environment.getKeysCount({}) === own.length
    );
  }

  private load(): void {
    this.collections.clear();
    this.changed.clear();
    this.nextId = 1;
    const start = Buffer.from(COLLECTION_PREFIX);
    for (const { key, value } of this.catalogue.getRange({ start, end: Buffer.from('collection0') })) {
      const namespace = key.toString().slice(COLLECTION_PREFIX.length);
      const collection = fromCatalogue(namespace, decodeDocument(Buffer.from(value)));
      const counts = this.catalogue.get(countKey(collection));
      if (counts) {
        collection.count = counts.readUIntBE(0, 6);
        collection.size = counts.readUIntBE(6, 6);
      }
      collection.nextRecord = this.lastRecord(collection) + 1;
      this.collections.set(namespace, collection);
      this.nextId = Math.max(this.nextId, collection.id + 1, ...collection.indexes.map(({ id }) => id + 1));
    }
  }

  private lastRecord(collection: Collection): number {
    const range = {
      start: documentKey(collection.id + 1, 0),
      end: documentKey(collection.id, 0),
      reverse: true,
      limit: 1,
    };
    for (const key of this.documents.getKeys(range)) {
      if (key.readUInt32BE(0) === collection.id) return key.readUIntBE(4, 6);
    }
    return 0;
  }

  /** Counts a changed document; only within a write. */
  noteChange(collection: Collection, documents: number, bytes: number): void {
    collection.count += documents;
    collection.size += bytes;
    collection.changes += 1;
    this.changed.add(collection);
  }

  private saveChanged(): void {
    for (const collection of this.changed) {
      const counts = Buffer.allocUnsafe(12);
      counts.writeUIntBE(Math.max(0, collection.count), 0, 6);
      counts.writeUIntBE(Math.max(0, collection.size), 6, 6);
      this.catalogue.putSync(countKey(collection), counts);
    }
    this.changed.clear();
  }

  /** Writes the catalogue entry; only within a write. */
  saveCollection(collection: Collection): void {
    this.catalogue.putSync(catalogueKey(collection.namespace), encodeDocument(toCatalogue(collection)));
  }

  takeId(): number {
    this.nextId += 1;
    return this.nextId - 1;
  }

  /** The collection, created with its _id index on first use; only within a write. */
  ensureCollection(namespace: string): Collection {
    const present = this.collections.get(namespace);
    if (present) return present;
    const collection = makeCollection(this.takeId(), namespace);
    collection.indexes.push(makeIndex(this.takeId(), ID_INDEX));
    this.collections.set(namespace, collection);
    this.saveCollection(collection);
    return collection;
  }

  /** Removes a collection and all that belongs to it; only within a write. */
  dropCollection(collection: Collection): void {
    removeRange(this.documents, collection.id);
    for (const index of collection.indexes) removeRange(this.keys, index.id);
    this.catalogue.removeSync(catalogueKey(collection.namespace));
    this.catalogue.removeSync(countKey(collection));
    this.collections.delete(collection.namespace);
    this.changed.delete(collection);
  }

  dropIndexKeys(indexId: number): void {
    removeRange(this.keys, indexId);
  }

  async close(): Promise<void> {
    while (this.queue.length) await new Promise((resolve) => setImmediate(resolve));
    await this.environment.close();
  }
}

export const dataFile = (folder: string): string => join(folder, 'data.mdb');

function openEnvironment(folder: string): RootDatabase<Buffer, Buffer> {
  const path = dataFile(folder);
  checkHeader(folder, path);
  try {
    return open<Buffer, Buffer>({
      path,
      noSubdir: true,
      maxDbs: 4,
      overlappingSync: false,
      compression: false,
      ...OPTIONS,
    });
  } catch (error) {
    throw new StoreDamagedError(folder, reasonOf(error), { cause: error });
  }
}

/** Writes a consistent, compacted copy of the data file, whoever else uses it. */
export async function backupRunning(folder: string, file: string): Promise<void> {
  const path = dataFile(folder);
  checkHeader(folder, path);
  const environment = open<Buffer, Buffer>({ path, noSubdir: true, readOnly: true, ...OPTIONS });
  try {
    await environment.backup(file, true);
  } finally {
    await environment.close();
  }
}

/** LMDB takes an empty or foreign file for a new one; this store does not. */
function checkHeader(folder: string, path: string): void {
  if (!existsSync(path)) return;
  const head = Buffer.alloc(META_BYTES);
  const file = openSync(path, 'r');
  const length = readSync(file, head, 0, META_BYTES, 0);
  closeSync(file);
  if (length < META_BYTES) throw new StoreDamagedError(folder, 'the file is too short');
  // Either of the two head pages may be the one that is being written when the power fails.
  const places = [MAGIC_PLACE, META_BYTES / 2 + MAGIC_PLACE];
  if (places.every((place) => head.readUInt32LE(place) !== MAGIC))
    throw new StoreDamagedError(folder, 'it is not a data file of this store');
}

function removeRange(table: Table, id: number): void {
  const keys = [...table.getKeys({ start: prefix(id), end: prefix(id + 1) })].map((key) => Buffer.from(key));
  for (const key of keys) table.removeSync(key);
}

const catalogueKey = (namespace: string): Buffer => Buffer.from(COLLECTION_PREFIX + namespace);
const countKey = (collection: Collection): Buffer => Buffer.from(`count/${collection.id}`);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
