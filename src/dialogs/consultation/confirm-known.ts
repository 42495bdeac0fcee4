import type { Outcome, Turn } from '../../conversation/dialog.js';
import { identityLines } from '../identity/slots.js';
import type { ConsultationState } from './draft.js';

/** A returning contact only confirms. */
export function confirmKnown(
  turn: Turn,
  state: ConsultationState,
  key: 'known' | 'knownNow' = 'known',
): Outcome {
  turn.say(turn.t(`consultation:${key}`, { identity: identityLines(turn, state.draft.profile) }), {
    choices: [
      { id: 'right', title: turn.t('consultation:knownRight') },
      { id: 'change', title: turn.t('consultation:knownChange') },
    ],
  });
  return { do: 'wait', state: { ...state, at: 'known' } };
}
