import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseUri } from '../durable/measure-durable.js';
import { onEachStore, type BenchStore } from '../harness/bench-stores.js';
import { PROJECT } from '../harness/built.js';
import { spread, type Figures } from '../harness/figures.js';
import { watchOthers } from '../harness/noise.js';
import { heading, judge, print, table } from '../harness/report.js';
import { figure, ratios, type Rounds } from '../harness/rounds.js';
import { measureStart } from './measure-start.js';

const SPAWNS = 10;
const MAIN = join(PROJECT, 'dist/main.js');
const FASTIFY = fileURLToPath(new URL('./fastify-mongodb.mjs', import.meta.url));
const BOTBUILDER = fileURLToPath(new URL('./botbuilder.mjs', import.meta.url));
const ARMS = ['fastify-mongodb', 'botbuilder', 'dering', 'dering-embedded', 'dering-first'];

/** Goal 8: from spawning to the first 200 on /healthz. */
export async function coldSection(): Promise<void> {
  await onEachStore(async (store) => {
    heading(`cold: spawn to first 200, ${SPAWNS} spawns each, on the ${store.name}`);
    const folder = await mkdtemp(join(tmpdir(), 'dering-cold-'));
    const others = watchOthers();
    try {
      const rounds = await runSpawns(store, folder);
      printRounds(rounds);
      print(`  noise: others (the stores among them) used ${others().toFixed(2)} cores`);
      judgeRounds(rounds);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function runSpawns(store: BenchStore, folder: string): Promise<Rounds> {
  // The first start fills an empty store; the goal is about the later ones.
  for (const arm of ['dering', 'dering-embedded']) await spawnArm(arm, store, folder, -1);
  const rounds: Map<string, Figures>[] = [];
  for (let number = 0; number < SPAWNS; number += 1) {
    const round = new Map<string, Figures>();
    for (let turn = 0; turn < ARMS.length; turn += 1) {
      const arm = ARMS[(turn + number) % ARMS.length] ?? '';
      round.set(arm, await spawnArm(arm, store, folder, number));
    }
    rounds.push(round);
  }
  return { rounds, redone: 0, noisy: 0 };
}

async function spawnArm(arm: string, store: BenchStore, folder: string, number: number): Promise<Figures> {
  const MONGODB_URI = databaseUri(store.uri, `bench-cold-${process.pid}`);
  const DATA_DIR = join(folder, arm === 'dering-first' ? `first-${number}` : arm);
  switch (arm) {
    case 'fastify-mongodb':
      return measureStart(FASTIFY, { MONGODB_URI });
    case 'botbuilder':
      return measureStart(BOTBUILDER, {});
    case 'dering':
      return measureStart(MAIN, { MONGODB_URI, DATA_DIR, PORT: '0' });
    default:
      return measureStart(MAIN, { DATA_DIR, PORT: '0' });
  }
}

function printRounds(rounds: Rounds): void {
  table([
    ['process', 'wall ms', 'CPU ms', 'RSS MB', 'wall / fastify-mongodb'],
    ...ARMS.map((arm) => [
      arm,
      spread(figure(rounds, arm, 'wall')),
      spread(figure(rounds, arm, 'cpu')),
      spread(figure(rounds, arm, 'resident')),
      spread(ratios(rounds, arm, 'fastify-mongodb', 'wall')),
    ]),
  ]);
  print(
    '  dering: on a store that is running and filled, as fastify-mongodb; dering-embedded: starts its own store',
  );
  print(
    '  (a process more, not in RSS); dering-first: the same on an empty folder. botbuilder has no database.',
  );
}

function judgeRounds(rounds: Rounds): void {
  const to = (base: string, name: string): number[] => ratios(rounds, 'dering', base, name);
  judge({ what: 'goal 8: wall / fastify-mongodb', values: to('fastify-mongodb', 'wall'), atMost: 2 });
  judge({ what: 'goal 8: wall / botbuilder', values: to('botbuilder', 'wall'), atMost: 1 });
  judge({ what: 'goal 8: RSS / fastify-mongodb', values: to('fastify-mongodb', 'resident'), atMost: 1.5 });
}
