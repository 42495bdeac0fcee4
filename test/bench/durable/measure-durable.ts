import { performance } from 'node:perf_hooks';
import { percentile, type Figures } from '../harness/figures.js';
import { calibrate, watchOthers } from '../harness/noise.js';
import { checkAnswers, type Stack } from '../intake/stack.js';
import { INPUTS } from '../intake/steps.js';

/** Turns of different conversations under way at once where throughput is measured. */
const IN_FLIGHT = 8;

/** Conversations of each lane; lane n takes n, n + 8, n + 16 … in turn. */
const PER_LANE = 8;

/** A part ends after so many turns or so many milliseconds, whichever comes first: code must be warm in every arm alike. */
interface Length {
  turns: number;
  milliseconds: number;
}

const WARM_UP: Length = { turns: 1_500, milliseconds: 3_000 };
const CPU: Length = { turns: 1_200, milliseconds: 2_000 };
const LATENCY: Length = { turns: 300, milliseconds: 800 };

/** CPU of this process per turn in microseconds; the store runs in a process of its own and is not counted. */
export async function measureDurable(arm: string, storeUri: string): Promise<Figures> {
  const stack = await createDurableStack(arm, databaseUri(storeUri, `bench-${arm}-${process.pid}`));
  try {
    return await measure(stack);
  } finally {
    await stack.close?.();
  }
}

/** The same server, a database of its own, so that arms do not see each other's data. */
export function databaseUri(uri: string, name: string): string {
  const [server = '', query = ''] = uri.split('?');
  return `${server.replace(/([^/])\/[^/]*$/, '$1')}/${name}${query === '' ? '' : `?${query}`}`;
}

async function createDurableStack(arm: string, uri: string): Promise<Stack> {
  switch (arm) {
    case 'dering': {
      const { builtModules, createDurableEngine } = await import('./durable-engine.js');
      return createDurableEngine(uri, await builtModules());
    }
    case 'same-commands':
      return (await import('./raw-commands.js')).createRawCommands(uri);
    case 'least-commands':
      return (await import('./raw-commands.js')).createRawLeast(uri);
    case 'telegraf':
      return (await import('./peers.js')).createDurableTelegraf(uri);
    case 'botbuilder':
      return (await import('./peers.js')).createDurableBotbuilder(uri);
    default:
      throw new Error(`no durable arm named ${arm}`);
  }
}

async function measure(stack: Stack): Promise<Figures> {
  await checkAnswers(stack, IN_FLIGHT * PER_LANE);
  const lanes = Array.from({ length: IN_FLIGHT }, (_, lane) => new Lane(stack, lane));
  await runLanes(lanes, WARM_UP);
  const calibration = calibrate();
  const others = watchOthers();
  const before = turnsOf(lanes);
  const [cpu, start] = [process.cpuUsage(), performance.now()];
  await runLanes(lanes, CPU);
  const [used, wall, turns] = [process.cpuUsage(cpu), performance.now() - start, turnsOf(lanes) - before];
  const usedByOthers = others();
  const times: number[] = [];
  await lanes[0]?.run(LATENCY, times);
  return {
    cpu: (used.user + used.system) / turns,
    perSecond: (turns / wall) * 1000,
    p50: percentile(times, 0.5) * 1000,
    p99: percentile(times, 0.99) * 1000,
    others: usedByOthers,
    calibration,
  };
}

async function runLanes(lanes: readonly Lane[], { turns, milliseconds }: Length): Promise<void> {
  const each = { turns: Math.ceil(turns / lanes.length), milliseconds };
  await Promise.all(lanes.map((lane) => lane.run(each)));
}

function turnsOf(lanes: readonly Lane[]): number {
  return lanes.reduce((sum, lane) => sum + lane.turns, 0);
}

/** Goes through the intake with its conversations one turn at a time, and on from there when it is run again. */
class Lane {
  turns = 0;

  constructor(
    private readonly stack: Stack,
    private readonly lane: number,
  ) {}

  async run({ turns, milliseconds }: Length, times?: number[]): Promise<void> {
    const [last, end] = [this.turns + turns, performance.now() + milliseconds];
    while (this.turns < last && performance.now() < end) {
      const conversation = this.lane + IN_FLIGHT * (this.turns % PER_LANE);
      const input = INPUTS[Math.floor(this.turns / PER_LANE) % INPUTS.length] ?? '';
      this.turns += 1;
      const start = performance.now();
      await this.stack.turn(conversation, `m${this.lane}-${this.turns}`, input);
      times?.push(performance.now() - start);
    }
  }
}
