import type { CacheStore } from '@whiskeysockets/baileys';

const KEPT = 10_000;

/** How often messages were asked for again; outlives a connection, so that the limit does too. */
export function createRetryCounts(): CacheStore {
  const counts = new Map<string, unknown>();
  return {
    get: (key) => counts.get(key) as never,
    set(key, value) {
      if (counts.size >= KEPT) counts.clear();
      counts.set(key, value);
    },
    del: (key) => void counts.delete(key),
    flushAll() {
      counts.clear();
    },
  };
}
