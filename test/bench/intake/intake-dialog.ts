import type { Dialog, DialogSet, Outcome } from '../../../src/conversation/dialog.js';
import { closing, STEPS, type Answers } from './steps.js';

interface State {
  step: number;
  answers: Answers;
}

/** The ten-turn intake as a dialog of the engine: its questions are data. */
const intake: Dialog<State> = {
  name: 'intake',

  begin(turn): Outcome {
    turn.say(STEPS[0].ask);
    return { do: 'wait', state: { step: 0, answers: {} } satisfies State };
  },

  continue(turn, { step, answers }, input): Outcome {
    const asked = STEPS[step] ?? STEPS[0];
    const text = input.kind === 'text' ? input.text : '';
    if (asked.accepts && !asked.accepts.test(text)) {
      turn.say(asked.retry ?? asked.ask);
      return { do: 'wait', state: { step, answers } satisfies State };
    }
    const known = { ...answers, [asked.field]: text };
    const next = STEPS[step + 1];
    turn.say(next ? next.ask : closing(known));
    return next ? { do: 'wait', state: { step: step + 1, answers: known } satisfies State } : { do: 'end' };
  },

  reprompt(turn, { step }) {
    turn.say((STEPS[step] ?? STEPS[0]).ask);
  },
};

/** The engine's dialog set with the intake alone and no words that interrupt it, as in the other stacks. */
export const intakeSet: DialogSet = {
  dialogs: new Map([[intake.name, intake]]),
  root: intake.name,
  interrupt: () => ({ do: 'pass' }),
};
