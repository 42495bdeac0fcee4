import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { mentionedSlot } from '../identity/slots.js';
import { askIdentity, correct } from './correct.js';
import type { ConsultationState } from './draft.js';
import { keep, missed } from './next-step.js';
import { askChange } from './summary.js';
import { askTopic } from './topic.js';

/** A returning contact says that all is as before, or what is not. */
export function takeKnown(turn: Turn, state: ConsultationState, input: Input): Outcome {
  const text = input.kind === 'text' ? input.text : undefined;
  const command = text === undefined ? undefined : recogniseCommand(text);
  const still = text !== undefined && STILL.test(text.trim());
  const said = input.kind === 'choice' ? input.choice : still ? 'right' : command;
  if (said === 'right' || said === 'yes' || said === 'done') return askTopic(turn, { ...state, at: 'topic' });
  const corrected = text === undefined ? undefined : correct(turn, state, text);
  if (corrected) return corrected;
  if (said === 'change' || said === 'no') return askChange(turn, state);
  const kept = keep(turn, state, input);
  if (kept) return kept;
  const slot = text === undefined ? undefined : mentionedSlot(text);
  return slot ? askIdentity(state, slot) : missed(turn, state);
}

/** "Masih sama." */
const STILL =
  /^(?:(?:ya|iya|data(?:nya)?|yes)[ ,]+)?(?:masih|tetap|still)(?: (?:sama|benar|betul|sesuai|itu|the same|right|correct))?[.! ]*$/iu;
