import { CONSULTATION_INPUTS, CONSULTATION_REPLIES } from './consultation-script.js';
import type { Stack } from './stack.js';
import { INPUTS, REPLIES } from './steps.js';
import type * as dialogsModule from '../../../src/dialogs/index.js';
import { built } from '../harness/built.js';

export interface Script {
  inputs: readonly string[];
  replies: readonly (string | RegExp)[];
}

const INTAKE: Script = { inputs: INPUTS, replies: REPLIES };
const CONSULTATION: Script = { inputs: CONSULTATION_INPUTS, replies: CONSULTATION_REPLIES };

/** Builds a stack by the name of its arm, and nothing of the others: each is measured in a process of its own. */
export async function createStack(arm: string): Promise<{ stack: Stack; script: Script }> {
  switch (arm) {
    case 'floor-json':
      return { stack: (await import('./floor.js')).createFloorJson(), script: INTAKE };
    case 'floor-pipe':
      return { stack: (await import('./floor.js')).createFloorPipe(), script: INTAKE };
    case 'telegraf':
      return { stack: (await import('./telegraf.js')).createTelegraf(), script: INTAKE };
    case 'botbuilder':
      return { stack: (await import('./botbuilder.js')).createBotbuilder(), script: INTAKE };
    case 'dering': {
      const { createDering } = await import('./dering.js');
      const { intakeSet } = await import('./intake-dialog.js');
      return { stack: await createDering(intakeSet), script: INTAKE };
    }
    case 'dering-consultation': {
      const { createDering } = await import('./dering.js');
      const { dialogSet } = await built<typeof dialogsModule>('dialogs/index.js');
      return { stack: await createDering(dialogSet), script: CONSULTATION };
    }
    default:
      throw new Error(`no stack named ${arm}`);
  }
}
