import { z } from 'zod';
import { CARD_DATA_VERSION, type CardAction } from '../../conversation/unit-board.js';
import { cleanText } from '../clean-text.js';

/** What a button of a chat's card carries. */
export interface ChoiceData {
  v: typeof CARD_DATA_VERSION;
  kind: 'choice';
  choice: string;
  title: string;
}

export function choiceData(choice: string, title: string): ChoiceData {
  return { v: CARD_DATA_VERSION, kind: 'choice', choice, title };
}

/** The data of a pressed button: of a chat's choice, of a card of the units' side, or of a card we do not make (any more). */
export type ReadCardData =
  | { kind: 'choice'; choice: string; title: string }
  | { kind: 'board'; data: CardAction['data'] }
  | { kind: 'unknown' };

const choice = z.looseObject({
  v: z.literal(CARD_DATA_VERSION),
  kind: z.literal('choice'),
  choice: z.string().min(1).max(1_000),
  title: z.string().max(1_000).catch(''),
});
const board = z.looseObject({
  v: z.literal(CARD_DATA_VERSION),
  kind: z.string().min(1).max(100),
});

export function readCardData(value: unknown): ReadCardData {
  const picked = choice.safeParse(value);
  if (picked.success) {
    const { choice: id, title } = picked.data;
    return { kind: 'choice', choice: id, title: cleanText(title) || id };
  }
  const acted = board.safeParse(value);
  if (!acted.success || acted.data.kind === 'choice') return { kind: 'unknown' };
  return { kind: 'board', data: acted.data };
}
