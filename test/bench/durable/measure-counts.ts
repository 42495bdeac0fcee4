import type { Figures } from '../harness/figures.js';
import { INPUTS } from '../intake/steps.js';
import { countCommands } from './count-commands.js';
import { builtModules } from './durable-engine.js';
import { databaseUri } from './measure-durable.js';

/** Commands of the dearest turn after the first, and of the first, which opens the conversation. */
export async function measureCounts(storeUri: string): Promise<Figures> {
  const uri = databaseUri(storeUri, `bench-count-${process.pid}`);
  const [first, ...later] = await countCommands(uri, await builtModules(), INPUTS);
  return {
    turn: Math.max(...later.map(({ turn }) => turn.length)),
    delivery: Math.max(...later.map(({ delivery }) => delivery.length)),
    first: first?.turn.length ?? NaN,
  };
}
