import type { Figures } from '../harness/figures.js';
import { createStack } from '../intake/stacks.js';
import { INPUTS } from '../intake/steps.js';

/** The greeting, five answers and the wrong one among them: a form that is open half-way. */
const GIVEN = INPUTS.slice(0, 7);

/** Opens this many conversations to learn what the stack itself needs, before what each conversation adds is weighed. */
const WARM_UP = 500;

/**
 * Bytes of heap per open conversation after a forced collection. Logs and handled ids are emptied: they are history, and
 * the product keeps them in the database.
 * @param arm stack and number of conversations, e.g. `dering:10000`
 */
export async function measureHeap(arm: string): Promise<Figures> {
  const [name = '', count = ''] = arm.split(':');
  const { stack } = await createStack(name);
  const open = async (from: number, to: number): Promise<void> => {
    for (let conversation = from; conversation < to; conversation += 1) {
      for (const [step, input] of GIVEN.entries())
        await stack.turn(conversation, `m${conversation}-${step}`, input);
    }
    stack.forgetHistory?.();
  };
  await open(0, WARM_UP);
  const before = heapUsed();
  await open(WARM_UP, WARM_UP + Number(count));
  const perConversation = (heapUsed() - before) / Number(count);
  return { perConversation, residentMegabytes: process.memoryUsage.rss() / 1e6 };
}

export function heapUsed(): number {
  for (let pass = 0; pass < 3; pass += 1) globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}
