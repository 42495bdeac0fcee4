import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { link, mkdir, mkdtemp, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { open } from 'lmdb';
import { Int32, MongoClient } from 'mongodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ServerDiedError,
  startEmbeddedServer,
  StoreDamagedError,
  StoreLockedError,
} from '../../src/embedded-mongo/index.js';
import { doc, type Value } from '../../src/embedded-mongo/bson/value.js';
import { Cursors } from '../../src/embedded-mongo/server/cursors.js';
import { runCommand } from '../../src/embedded-mongo/server/run-command.js';
import { changeFirst } from '../../src/embedded-mongo/query/change-matches.js';
import { Query } from '../../src/embedded-mongo/query/query.js';
import { lockFolder } from '../../src/embedded-mongo/store/lock.js';
import { Store } from '../../src/embedded-mongo/store/store.js';
import { insertDocument } from '../../src/embedded-mongo/store/write-document.js';
import { removeKeyForTest } from './durability/remove-key.js';
import { backupStore, restoreStore } from '../../src/embedded-mongo/tool/backup-store.js';
import { checkStore } from '../../src/embedded-mongo/tool/check-store.js';
import { exportStore } from '../../src/embedded-mongo/tool/export-store.js';
import { findSources, importStore } from '../../src/embedded-mongo/tool/import-store.js';
import { withStore, withStoreOrCopy } from '../../src/embedded-mongo/tool/with-store.js';
import { runKillLoop } from './durability/kill-loop.js';

const PRLIMIT = 'prlimit';
const NOW = new Date('2026-03-02T02:00:00Z');
const hasPrlimit = process.platform === 'linux' && spawnSync(PRLIMIT, ['--version']).status === 0;

describe('durability of the embedded store', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dering-durable-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  async function fill(path: string): Promise<void> {
    const server = await startEmbeddedServer({ folder: path });
    const client = await MongoClient.connect(server.uri);
    const people = client.db().collection('people');
    await people.createIndex({ name: 1 }, { unique: true }, {});
    await people.createIndex({ tags: 1, n: -1 }, {}, {});
    await people.insertMany(
      Array.from({ length: 500 }, (_, n) => ({ name: `Contoh ${n}`, n, tags: ['a', `t${n % 7}`], at: NOW })),
    );
    await client.close();
    await server.close();
  }

  it('loses and tears nothing that was acknowledged before kill -9', async () => {
    const rounds = Number(process.env.KILL_ROUNDS ?? 5);
    const writes = Number(process.env.KILL_WRITES ?? 150);
    const result = await runKillLoop(rounds, writes);
    expect(result).toMatchObject({ lost: 0, torn: 0, problems: [] });
    expect(result.acknowledged).toBeGreaterThanOrEqual(rounds * writes);
  }, 900_000);

  it('tells when the server process dies', async () => {
    const server = await startEmbeddedServer({ folder });
    const { pid } = JSON.parse(await readFile(join(folder, 'LOCK'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await expect(server.failed).rejects.toBeInstanceOf(ServerDiedError);
    await server.close();
  });

  it.runIf(hasPrlimit)('refuses writes on a full disk, goes on reading and recovers', () => {
    const script = fileURLToPath(new URL('durability/fill-disk.ts', import.meta.url));
    const command = `trap '' XFSZ; ulimit -S -f 3000; exec "${process.execPath}" --import tsx "${script}" "${folder}"`;
    const told = JSON.parse(execFileSync('sh', ['-c', command], { encoding: 'utf8' })) as Record<
      'code' | 'again' | 'stored',
      number
    > &
      Record<'readable' | 'after', { documents: number; problems: string[] }>;
    expect(told).toMatchObject({ code: 14031, again: 14031 });
    expect(told.stored).toBeGreaterThan(100);
    expect(told.readable).toMatchObject({ documents: told.stored, problems: [] });
    expect(told.after).toMatchObject({ documents: told.stored + 50, problems: [] });
  });

  it('refuses a second holder of the folder and takes over a lock whose process is gone', async () => {
    await writeFile(join(folder, 'LOCK'), await lockOf({ started: 'another start' }));
    const unlock = lockFolder(folder);
    expect(() => lockFolder(folder)).toThrow(StoreLockedError);
    unlock();
    expect(existsSync(join(folder, 'LOCK'))).toBe(false);
    await writeFile(join(folder, 'LOCK'), await lockOf({ place: 'another machine' }));
    expect(() => lockFolder(folder)).toThrow(/in use by another process/);
  });

  it('takes over a lock that is one file with what its killed holder was about to remove', async () => {
    await writeFile(join(folder, 'LOCK'), await lockOf({ started: 'another start' }));
    await link(join(folder, 'LOCK'), join(folder, `LOCK.${process.pid}`));
    expect(() => lockFolder(folder)()).not.toThrow();
  });

  it('ends the server when another has taken its lock', async () => {
    vi.useFakeTimers();
    try {
      const lost = vi.fn();
      lockFolder(folder, lost);
      await vi.advanceTimersByTimeAsync(20_000);
      expect(lost).not.toHaveBeenCalled();
      await writeFile(join(folder, 'LOCK'), '{}');
      await vi.advanceTimersByTimeAsync(5000);
      expect(lost).toHaveBeenCalledOnce();
    } finally {
      vi.useRealTimers();
    }
  });

  /** A lock like the one this process would write, with something changed. */
  async function lockOf(change: object): Promise<string> {
    const unlock = lockFolder(folder);
    const own = JSON.parse(await readFile(join(folder, 'LOCK'), 'utf8')) as object;
    unlock();
    return JSON.stringify({ ...own, ...change });
  }

  it.each([
    ['overwritten', (file: string) => writeFile(file, Buffer.alloc(100_000, 7))],
    ['cut off', (file: string) => truncate(file, 5000)],
    ['emptied', (file: string) => truncate(file, 0)],
  ])('reports a data file that was %s and leaves it as it is', async (_, damage) => {
    await fill(folder);
    const file = join(folder, 'data.mdb');
    await damage(file);
    const before = await readFile(file);
    await expect(startEmbeddedServer({ folder })).rejects.toBeInstanceOf(StoreDamagedError);
    expect((await readFile(file)).equals(before)).toBe(true);
  });

  it('finds missing and surplus index keys', async () => {
    await fill(folder);
    expect((await withStore(folder, checkStore)).problems).toEqual([]);
    await withStore(folder, (store) => removeKeyForTest(store));
    const { problems } = await withStore(folder, checkStore);
    expect(problems).toHaveLength(2);
    expect(problems.join()).toMatch(/not under its key in index.*missing record/s);
  });

  it('backs up while the server runs, and restores', async () => {
    await fill(folder);
    const server = await startEmbeddedServer({ folder });
    const file = join(folder, 'copy.mdb');
    await backupStore(folder, file);
    expect((await withStoreOrCopy(folder, checkStore)).documents).toBe(500);
    await expect(restoreStore(folder, file, NOW)).rejects.toBeInstanceOf(StoreLockedError);
    const client = await MongoClient.connect(server.uri);
    await client.db().collection('people').deleteMany({});
    await client.close();
    await server.close();
    const { documents, formerFile } = await restoreStore(folder, file, NOW);
    expect(documents).toBe(500);
    expect(existsSync(formerFile ?? '')).toBe(true);
    expect(await withStore(folder, checkStore)).toMatchObject({ documents: 500, problems: [] });
  });

  it('refuses to restore what is no sound backup', async () => {
    await fill(folder);
    await writeFile(join(folder, 'bad.mdb'), Buffer.alloc(50_000, 1));
    await expect(restoreStore(folder, join(folder, 'bad.mdb'), NOW)).rejects.toThrow(
      /bad\.mdb cannot be restored \(it is not a data file of this store\)/,
    );
    expect(await withStore(folder, checkStore)).toMatchObject({ documents: 500, problems: [] });
  });

  it('takes a file of the same library that is not its own neither for a store nor for a backup', async () => {
    await fill(folder);
    const file = join(folder, 'foreign.mdb');
    const foreign = open<number>({ path: file, noSubdir: true });
    await foreign.openDB<number>('other', {}).put('k', 1);
    await foreign.close();
    await expect(restoreStore(folder, file, NOW)).rejects.toThrow(/cannot be restored \(unknown format\)/);
    expect(await withStore(folder, checkStore)).toMatchObject({ documents: 500, problems: [] });
    const other = join(folder, 'other');
    await mkdir(other);
    await rename(file, join(other, 'data.mdb'));
    await expect(startEmbeddedServer({ folder: other })).rejects.toBeInstanceOf(StoreDamagedError);
  });

  it('reports a store that lost its catalogue, and does not begin anew', async () => {
    await fill(folder);
    const environment = open({ path: join(folder, 'data.mdb'), noSubdir: true });
    await environment.openDB('catalogue', { encoding: 'binary', keyEncoding: 'binary' }).clearAsync();
    await environment.close();
    await expect(startEmbeddedServer({ folder })).rejects.toBeInstanceOf(StoreDamagedError);
  });

  it('exports JSON Lines and reads them back with their indexes and types', async () => {
    await fill(folder);
    const lines = join(folder, 'lines');
    expect(await withStore(folder, (store) => exportStore(store, lines))).toBe(500);
    expect((await readdir(join(lines, 'dering'))).sort()).toEqual(['people.indexes.json', 'people.jsonl']);
    const other = join(folder, 'other');
    const sources = await findSources(lines);
    expect(await withStore(other, (store) => importStore(store, sources))).toBe(500);
    const again = join(folder, 'again');
    await withStore(other, (store) => exportStore(store, again));
    for (const name of ['people.jsonl', 'people.indexes.json']) {
      expect(await readFile(join(again, 'dering', name), 'utf8')).toBe(
        await readFile(join(lines, 'dering', name), 'utf8'),
      );
    }
    expect((await withStore(other, checkStore)).problems).toEqual([]);
    await expect(withStore(folder, (store) => exportStore(store, lines))).rejects.toThrow(/exists already/);
  });

  it('imports all or nothing, and says which line is wrong', async () => {
    const source = join(folder, 'lines', 'dering');
    await mkdir(source, { recursive: true });
    await writeFile(join(source, 'good.json'), '{"a":"\u2028"}\r\n\n{"a":2}');
    await writeFile(join(source, 'people.jsonl'), '{"_id":1}\n{broken\n');
    const sources = (await findSources(join(folder, 'lines'))).sort((a, b) => a.file.localeCompare(b.file));
    const other = join(folder, 'other');
    const read = (): Promise<number> => withStore(other, (store) => importStore(store, sources));
    await expect(read()).rejects.toThrow(/people\.jsonl line 2: it is not JSON at character 2$/);
    await writeFile(join(source, 'people.jsonl'), '{"_id":1}\n{"_id":{"$numberInt":"1"}}\n');
    await expect(read()).rejects.toThrow(/people\.jsonl line 2: .*duplicate key/);
    expect(await withStore(other, checkStore)).toMatchObject({ collections: 0, documents: 0, keys: 0 });
    await writeFile(join(source, 'people.jsonl'), '{"_id":1}\n{"_id":2}\n');
    await writeFile(join(source, 'people.indexes.json'), '{"indexes":[{"key":{"a":1}}]}');
    await expect(read()).rejects.toThrow(/people\.indexes\.json: /);
    await writeFile(join(source, 'people.indexes.json'), '{"indexes":[{"key":{"a":1},"name":"a_1"}]}');
    expect(await read()).toBe(4);
    await expect(read()).rejects.toThrow(/dering\.good holds documents already/);
    expect(await withStore(other, checkStore)).toMatchObject({ documents: 4, problems: [] });
    await expect(findSources(folder)).rejects.toThrow(/there is no file DATABASE/);
  });

  it('does not insert what another client stored in a collection made anew during the search', async () => {
    const store = new Store(folder);
    const remake = (wanted: number): Promise<void> =>
      store.write(() => {
        const old = store.collections.get('a.b');
        if (old) store.dropCollection(old);
        const made = store.ensureCollection('a.b');
        for (let n = 0; n < 600; n += 1)
          insertDocument(store, made, doc({ _id: new Int32(n), n: new Int32(n === wanted ? -1 : n) }));
      });
    await remake(600);
    const query = new Query(doc({ n: new Int32(-1) }), { variables: new Map(), now: NOW });
    const found = changeFirst(store, 'a.b', query, true, (_, match) => match?.document.get('_id'));
    await store.write(() => undefined);
    await remake(7);
    expect(await found).toEqual(new Int32(7));
    await store.close();
  });

  it('keeps what is stored in a collection made anew while its predecessor loses an index', async () => {
    const store = new Store(folder);
    const cursors = new Cursors();
    const run = async (command: Record<string, Value>): Promise<unknown> =>
      (await runCommand(store, cursors, doc({ ...command, $db: 'a' }))).get('ok');
    const one = [doc({ _id: new Int32(1) })];
    const index = doc({ key: doc({ n: new Int32(1) }), name: 'n_1' });
    await run({ insert: 'b', documents: one });
    await run({ createIndexes: 'b', indexes: [index] });
    const changes = [
      run({ drop: 'b' }),
      run({ insert: 'b', documents: one }),
      run({ dropIndexes: 'b', index: 'n_1' }),
      run({ collMod: 'b', index: doc({ name: 'n_1', hidden: true }) }),
    ];
    expect(await Promise.all(changes)).toEqual([1, 1, 0, 0]);
    await store.close();
    expect(await withStore(folder, checkStore)).toMatchObject({ documents: 1, problems: [] });
  });

  it('gives back memory of a failed commit to what the file says', async () => {
    const store = new Store(folder);
    await expect(
      store.write(() => {
        store.ensureCollection('a.b');
        throw new Error('broken');
      }),
    ).rejects.toThrow(/not stored/);
    expect(store.collections.size).toBe(0);
    await store.close();
  });
});
