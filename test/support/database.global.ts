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
    await expire(given, false);
    return async () => {
      await dropDatabases(given, databasePrefix);
      await expire(given, true);
    };
  }
  const folder = await mkdtemp(join(tmpdir(), 'dering-test-'));
  const server = await startEmbeddedServer({ folder });
  project.provide('mongoUri', server.uri);
  await expire(server.uri, false);
  return async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
}

/** A server deletes by its own clock what has expired; to it the sessions of a test's virtual March are long over. */
async function expire(uri: string, ttlMonitorEnabled: boolean): Promise<void> {
  const client = await MongoClient.connect(uri);
  // A server that is not ours to tell goes on expiring; only a test file that takes a minute can notice.
  await client
    .db('admin')
    .command({ setParameter: 1, ttlMonitorEnabled })
    .catch(() => undefined);
  await client.close();
}

/** Also those of tests that failed or whose process was killed. */
async function dropDatabases(uri: string, prefix: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  const { databases } = await client.db().admin().listDatabases({ nameOnly: true });
  for (const { name } of databases) if (name.startsWith(prefix)) await client.db(name).dropDatabase();
  await client.close();
}
