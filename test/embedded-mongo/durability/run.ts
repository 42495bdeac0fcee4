import { parseArgs } from 'node:util';
import { runKillLoop } from './kill-loop.js';

/** `tsx test/embedded-mongo/durability/run.ts [--rounds 50] [--writes 1000]`: the long form of the kill test. */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, writes: { type: 'string', default: '1000' } },
});
const result = await runKillLoop(Number(values.rounds), Number(values.writes));
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = result.lost || result.torn || result.problems.length ? 1 : 0;
