import { performance } from 'node:perf_hooks';
import { percentile, type Figures } from '../harness/figures.js';
import { calibrate, watchOthers } from '../harness/noise.js';
import { checkAnswers, type Stack } from '../intake/stack.js';
import { createStack, type Script } from '../intake/stacks.js';

/** Conversations open at once. */
const CONVERSATIONS = 1_000;

const WARM_UP_MS = 600;
const CPU_MS = 900;
const LATENCY_MS = 400;

/** CPU and wall time of a turn in microseconds, with answers checked before. Runs in a process of its own. */
export async function measureTurn(arm: string): Promise<Figures> {
  const { stack, script } = await createStack(arm);
  await checkAnswers(stack, CONVERSATIONS, script.inputs, script.replies);
  const run = new Passes(stack, script);
  await run.for(WARM_UP_MS);
  const calibration = calibrate();
  const others = watchOthers();
  const [cpu, start, turns] = [process.cpuUsage(), performance.now(), run.turns];
  await run.for(CPU_MS);
  const used = process.cpuUsage(cpu);
  const [wall, measured] = [performance.now() - start, run.turns - turns];
  const usedByOthers = others();
  const times: number[] = [];
  await run.for(LATENCY_MS, times);
  return {
    cpu: (used.user + used.system) / measured,
    perSecond: (measured / wall) * 1000,
    p50: percentile(times, 0.5) * 1000,
    p99: percentile(times, 0.99) * 1000,
    others: usedByOthers,
    calibration,
  };
}

/** All conversations take their first turn, then all their second, and so on; then everything begins anew. */
class Passes {
  turns = 0;

  constructor(
    private readonly stack: Stack,
    private readonly script: Script,
  ) {}

  /** Runs whole passes until the time is over. */
  async for(milliseconds: number, times?: number[]): Promise<void> {
    const end = performance.now() + milliseconds;
    do {
      for (const input of this.script.inputs) await this.step(input, times);
      this.stack.startOver?.();
    } while (performance.now() < end);
  }

  private async step(input: string, times: number[] | undefined): Promise<void> {
    for (let conversation = 0; conversation < CONVERSATIONS; conversation += 1) {
      const id = `m${(this.turns += 1)}`;
      if (times) {
        const start = performance.now();
        await this.stack.turn(conversation, id, input);
        times.push(performance.now() - start);
      } else await this.stack.turn(conversation, id, input);
    }
  }
}
