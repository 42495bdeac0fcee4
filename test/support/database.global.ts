import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import type { TestProject } from 'vitest/node';
import { startEmbeddedServer } from '../../src/embedded-mongo/index.js';

declare module 'vitest' {
  export interface ProvidedContext {
    mongoUri: string;
    /** What the names of this run's databases begin with. */
    databasePrefix: string;
  }
}

/** Gives all tests one database server: that of MONGODB_URI, or an embedded one on a temporary folder. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const databasePrefix = `test-${randomBytes(4).toString('hex')}-`;
  project.provide('databasePrefix', databasePrefix);
  const given = process.env.MONGODB_URI;
  if (given) {
    project.provide('mongoUri', given);
    return () => dropDatabases(given, databasePrefix);
  }
  const folder = await mkdtemp(join(tmpdir(), 'dering-test-'));
  const server = await startEmbeddedServer({ folder });
  project.provide('mongoUri', server.uri);
  return async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
}

/** Also those of tests that failed or whose process was killed. */
async function dropDatabases(uri: string, prefix: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase();
  await client.close();
}
