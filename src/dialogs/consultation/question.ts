import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { explainRefusal } from '../explain-refusal.js';
import { isFull, questionFiles, questionText, toPart } from '../question-part.js';
import type { ConsultationState } from './draft.js';
import { showSummary } from './summary.js';

/** Asks for the question, or for more of it when a part is known already. */
export function askQuestion(turn: Turn, state: ConsultationState): Outcome {
  const { parts } = state.draft;
  const asking: ConsultationState = { ...state, at: 'question' };
  if (parts.length === 0) {
    turn.say(turn.t('consultation:question'));
    return { do: 'wait', state: asking };
  }
  const files = questionFiles(parts).map((file) => `📎 ${file.name}`);
  const noted = [questionText(parts), ...files].filter((line) => line !== '').join('\n');
  turn.say(turn.t('consultation:questionNoted', { noted }), { choices: done(turn), numbered: false });
  return pause(turn, asking);
}

/** Takes the question as people write it: bubble by bubble, with files, until "selesai" or a pause. */
export function takeQuestion(turn: Turn, state: ConsultationState, input: Input): Outcome {
  const { parts } = state.draft;
  if (input.kind === 'wake') return parts.length > 0 ? showSummary(turn, state) : { do: 'wait', state };
  if (isDone(input)) return finish(turn, state);
  if (explainRefusal(turn, input)) return pause(turn, state);
  if (input.kind === 'choice') return askQuestion(turn, state);
  const part = toPart(input);
  if (!part) {
    turn.say(turn.t('consultation:questionEmpty'));
    return pause(turn, state);
  }
  if (isFull(parts, part)) {
    turn.say(turn.t('consultation:questionFull'), { choices: done(turn), numbered: false });
    return pause(turn, state);
  }
  if (parts.length === 0)
    turn.say(turn.t('consultation:questionFirst'), { choices: done(turn), numbered: false });
  return pause(turn, { ...state, draft: { ...state.draft, parts: [...parts, part] } });
}

function finish(turn: Turn, state: ConsultationState): Outcome {
  const { parts } = state.draft;
  if (questionText(parts) !== '') return showSummary(turn, state);
  turn.say(turn.t(parts.length > 0 ? 'consultation:questionNeedsWords' : 'consultation:questionEmpty'));
  return { do: 'wait', state };
}

function isDone(input: Input): boolean {
  if (input.kind === 'choice') return input.choice === 'done';
  return input.kind === 'text' && recogniseCommand(input.text) === 'done';
}

function done(turn: Turn): { id: string; title: string }[] {
  return [{ id: 'done', title: turn.t('consultation:done') }];
}

/** A pause ends the question only when there is something to summarise. */
function pause(turn: Turn, state: ConsultationState): Outcome {
  if (questionText(state.draft.parts) === '') return { do: 'wait', state };
  return { do: 'wait', state, wakeAfter: turn.services.config.questionPauseSeconds };
}
