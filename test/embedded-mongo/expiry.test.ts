import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { int } from '../../src/embedded-mongo/bson/number.js';
import { doc } from '../../src/embedded-mongo/bson/value.js';
import { expireDocuments } from '../../src/embedded-mongo/server/expire-documents.js';
import { buildIndex } from '../../src/embedded-mongo/store/build-index.js';
import { normalizeIndexSpec } from '../../src/embedded-mongo/store/index-specs.js';
import { Store } from '../../src/embedded-mongo/store/store.js';
import { insertDocument } from '../../src/embedded-mongo/store/write-document.js';
import { checkStore } from '../../src/embedded-mongo/tool/check-store.js';

const NOW = new Date('2026-03-02T02:00:00Z');
const before = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);

describe('TTL indexes', () => {
  let folder: string;
  let store: Store;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'dering-expiry-'));
    store = new Store(folder);
  });

  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('delete what is due, in and out of arrays, and nothing without a date', async () => {
    await store.write(() => {
      const sessions = store.ensureCollection('dering.sessions');
      buildIndex(
        store,
        sessions,
        normalizeIndexSpec(doc({ key: doc({ at: int(1) }), name: 'at_1', expireAfterSeconds: int(60) })),
      );
      const dates = [before(61), before(59), [before(5), before(100)], 'text', null, undefined, before(60)];
      dates.forEach((at, i) => insertDocument(store, sessions, doc({ _id: int(i), at })));
    });
    expect(await expireDocuments(store, NOW)).toBe(3);
    expect(checkStore(store)).toMatchObject({ documents: 4, problems: [] });
    expect(await expireDocuments(store, NOW)).toBe(0);
  });

  it('delete nothing while the server is told not to', async () => {
    await store.write(() => {
      const sessions = store.ensureCollection('dering.sessions');
      const spec = doc({ key: doc({ at: int(1) }), name: 'at_1', expireAfterSeconds: int(0) });
      buildIndex(store, sessions, normalizeIndexSpec(spec));
      insertDocument(store, sessions, doc({ _id: int(1), at: before(1) }));
    });
    store.expiring = false;
    expect(await expireDocuments(store, NOW)).toBe(0);
    store.expiring = true;
    expect(await expireDocuments(store, NOW)).toBe(1);
  });
});
