import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Collection, MongoClient } from 'mongodb';
import { type EmbeddedServer, startEmbeddedServer } from '../../../src/embedded-mongo/index.js';
import { checkStore } from '../../../src/embedded-mongo/tool/check-store.js';
import { withStore } from '../../../src/embedded-mongo/tool/with-store.js';

const WRITERS = 8;

export interface KillLoopResult {
  acknowledged: number;
  lost: number;
  torn: number;
  problems: string[];
}

interface Entry {
  _id: string;
  n: number;
  twice: number;
  parts: number[];
}

/** Kills the server with SIGKILL while clients write, again and again, and looks for everything acknowledged. */
export async function runKillLoop(rounds: number, writesPerRound: number): Promise<KillLoopResult> {
  const folder = await mkdtemp(join(tmpdir(), 'dering-kill-'));
  const result: KillLoopResult = { acknowledged: 0, lost: 0, torn: 0, problems: [] };
  const acknowledged = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const server = await startEmbeddedServer({ folder });
    await writeUntilKilled(server, folder, round, writesPerRound, acknowledged);
    result.problems.push(...(await withStore(folder, checkStore)).problems);
  }
  await verify(folder, acknowledged, result);
  await rm(folder, { recursive: true, force: true });
  return result;
}

async function writeUntilKilled(
  server: EmbeddedServer,
  folder: string,
  round: number,
  target: number,
  acknowledged: Map<string, number>,
): Promise<void> {
  const client = await MongoClient.connect(server.uri, { serverSelectionTimeoutMS: 200 });
  const entries = client.db().collection<Entry>('entries');
  await entries.createIndex({ n: 1 }, { unique: true }, {});
  await entries.createIndex({ parts: 1 }, {}, {});
  const before = acknowledged.size;
  const died = server.failed.catch(() => undefined);
  const { pid } = JSON.parse(await readFile(join(folder, 'LOCK'), 'utf8')) as { pid: number };
  const state = { killed: false };
  const writers = Array.from({ length: WRITERS }, (_, writer) =>
    write(entries, `${round}-${writer}`, (round * WRITERS + writer) * 1e6, acknowledged, state),
  );
  while (acknowledged.size - before < target) await new Promise((resolve) => setImmediate(resolve));
  process.kill(pid, 'SIGKILL');
  state.killed = true;
  await Promise.all([died, ...writers]);
  await client.close();
}

async function write(
  entries: Collection<Entry>,
  name: string,
  from: number,
  acknowledged: Map<string, number>,
  state: { killed: boolean },
): Promise<void> {
  for (let i = 0; !state.killed; i += 1) {
    const n = from + i * 2;
    const _id = `${name}-${i}`;
    try {
      await entries.insertOne({ _id, n, twice: n * 2, parts: [n, n + 1] });
      acknowledged.set(_id, n);
      if (i % 3 !== 0) continue;
      await entries.updateOne({ _id }, { $set: { n: n + 1, twice: (n + 1) * 2, parts: [n + 1] } });
      acknowledged.set(_id, n + 1);
    } catch {
      // Whether the interrupted write was stored is open; it must only not be torn.
      return;
    }
  }
}

async function verify(
  folder: string,
  acknowledged: Map<string, number>,
  result: KillLoopResult,
): Promise<void> {
  const server = await startEmbeddedServer({ folder });
  const client = await MongoClient.connect(server.uri);
  const stored = new Map<string, Entry>();
  for await (const entry of client.db().collection<Entry>('entries').find()) {
    stored.set(entry._id, entry);
    if (entry.twice !== entry.n * 2 || entry.parts[0] !== entry.n) result.torn += 1;
  }
  for (const [id, n] of acknowledged) if ((stored.get(id)?.n ?? -1) < n) result.lost += 1;
  result.acknowledged = acknowledged.size;
  await client.close();
  await server.close();
}
