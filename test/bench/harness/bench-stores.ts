import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as embeddedModule from '../../../src/embedded-mongo/index.js';
import { built } from './built.js';

export interface BenchStore {
  name: string;
  uri: string;
}

/**
 * Runs `task` on the store of MONGODB_URI, or else on an embedded one in a scratch folder; and again on the server of
 * REAL_MONGODB_URI where that is set.
 */
export async function onEachStore(task: (store: BenchStore) => Promise<void>): Promise<void> {
  const { MONGODB_URI: given, REAL_MONGODB_URI: real } = process.env;
  if (given) await task({ name: 'MONGODB_URI', uri: given });
  else await onEmbedded(task);
  if (real) await task({ name: 'REAL_MONGODB_URI', uri: real });
}

async function onEmbedded(task: (store: BenchStore) => Promise<void>): Promise<void> {
  const { startEmbeddedServer } = await built<typeof embeddedModule>('embedded-mongo/index.js');
  const folder = await mkdtemp(join(tmpdir(), 'dering-bench-'));
  const server = await startEmbeddedServer({ folder });
  try {
    await task({ name: 'embedded store', uri: server.uri });
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}
