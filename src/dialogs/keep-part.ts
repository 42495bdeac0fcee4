import type { Turn } from '../conversation/dialog.js';
import { isFull, type QuestionPart } from './question-part.js';

/** The parts with one more; undefined, and the user told so, when the question cannot take it. */
export function keepPart(
  turn: Turn,
  parts: readonly QuestionPart[],
  next: QuestionPart | undefined,
): QuestionPart[] | undefined {
  if (!next) return [...parts];
  if (!isFull(parts, next)) return [...parts, next];
  turn.say(turn.t('consultation:keptFull'));
  return undefined;
}
