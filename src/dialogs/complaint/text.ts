import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { isDone, isNod } from '../consultation/question.js';
import { explainRefusal } from '../explain-refusal.js';
import { writesLetters } from '../letter.js';
import { isFull, questionText, shownQuestion, toPart } from '../question-part.js';
import { withDraft, type ComplaintState } from './draft.js';
import { showSummary } from './summary.js';

/** Asks what happened or what is suggested, or for more of it. */
export function askText(turn: Turn, state: ComplaintState): Outcome {
  const { parts, kind } = state.draft;
  const asking: ComplaintState = { ...state, at: 'text' };
  if (parts.length === 0 || state.replacing) {
    turn.say(turn.t(`complaint:text.${kind ?? 'complaint'}`));
    return { do: 'wait', state: asking };
  }
  turn.say(turn.t('complaint:noted', { noted: shownQuestion(parts) }), {
    choices: done(turn),
    numbered: false,
  });
  return { do: 'wait', state: asking };
}

/** Bubble by bubble, with files, until "selesai" or a pause; what is written under the summary belongs to it as well. */
export function takeText(turn: Turn, from: ComplaintState, input: Input): Outcome {
  const state: ComplaintState = { ...from, at: 'text' };
  const parts = state.replacing ? [] : state.draft.parts;
  const begun = parts.length > 0;
  if (input.kind === 'wake') return begun ? showSummary(turn, state) : { do: 'wait', state };
  if (isDone(input, begun)) return finishText(turn, state);
  if (explainRefusal(turn, input)) return { do: 'wait', state };
  if (input.kind === 'choice' || isNod(input)) return askText(turn, state);
  const part = toPart(input);
  if (!part) return askText(turn, state);
  if (isFull(parts, part)) {
    turn.say(turn.t('complaint:full'), { choices: done(turn), numbered: false });
    return { do: 'wait', state };
  }
  const { replacing: _, ...rest } = withDraft(state, { parts: [...parts, part] });
  if (writesLetters(turn)) return finishText(turn, rest);
  if (!begun || from.at === 'summary')
    turn.say(turn.t(begun ? 'complaint:added' : 'complaint:begun'), { choices: done(turn), numbered: false });
  return { do: 'wait', state: rest };
}

export function finishText(turn: Turn, { replacing: _, ...state }: ComplaintState): Outcome {
  const { parts } = state.draft;
  if (questionText(parts) !== '') return showSummary(turn, state);
  if (parts.length === 0) return askText(turn, state);
  turn.say(turn.t('complaint:needsWords'));
  return { do: 'wait', state: { ...state, at: 'text' } };
}

/** A pause ends the text only when there is something to summarise. */
export function textPause(turn: Turn, { at, draft, replacing }: ComplaintState): number | undefined {
  const written = at === 'text' && !replacing && questionText(draft.parts) !== '';
  return written ? turn.services.config.questionPauseSeconds : undefined;
}

function done(turn: Turn): { id: string; title: string }[] {
  return [{ id: 'done', title: turn.t('consultation:done') }];
}
