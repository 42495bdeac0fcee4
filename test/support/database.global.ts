import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startEmbeddedServer } from '../../src/embedded-mongo/index.js';

declare module 'vitest' {
  export interface ProvidedContext {
    mongoUri: string;
  }
}

/** Gives all tests one database server: that of MONGODB_URI, or an embedded one on a temporary folder. */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env.MONGODB_URI;
  if (given) {
    project.provide('mongoUri', given);
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), 'dering-test-'));
  const server = await startEmbeddedServer({ folder });
  project.provide('mongoUri', server.uri);
  return async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
}
