import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { mentionedSlot, type Slot } from '../identity/slots.js';
import { askIdentity, correct } from './correct.js';
import type { ConsultationState } from './draft.js';
import { keep, missed, proceed } from './next-step.js';
import { replaceQuestion } from './question.js';
import { listTopics } from './topic.js';

/** Which part is changed: by its button or name, or with the new value at once. */
export function takeChange(turn: Turn, state: ConsultationState, input: Input): Outcome {
  if (input.kind === 'text') {
    const corrected = correct(turn, state, input.text);
    if (corrected) return corrected;
    if (UNCHANGED.has(recogniseCommand(input.text) ?? '')) return proceed(turn, state);
  }
  const part = changedPart(input);
  if (part === 'topic') return listTopics(turn, state);
  if (part === 'question') return replaceQuestion(turn, state);
  if (part) return askIdentity({ ...state, at: 'edit-identity' }, part);
  return keep(turn, state, input) ?? missed(turn, state);
}

/** "Sudah benar", "tidak jadi": nothing is to be changed after all. */
const UNCHANGED: ReadonlySet<string> = new Set(['yes', 'no', 'done', 'skip']);

function changedPart(input: Input): Slot | 'topic' | 'question' | undefined {
  if (input.kind === 'choice' && input.choice.startsWith('change:')) {
    return input.choice.slice('change:'.length) as Slot | 'topic' | 'question';
  }
  if (input.kind !== 'text') return undefined;
  if (/\b(topik|topic)\b/iu.test(input.text)) return 'topic';
  if (/\b(pertanyaan|question)\b/iu.test(input.text)) return 'question';
  return mentionedSlot(input.text);
}
