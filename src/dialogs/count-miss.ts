import type { Turn } from '../conversation/dialog.js';
import type { Choice } from '../models/message.js';

/** From this many messages in a row that were not understood, a person is offered. */
const MISSES_BEFORE_PERSON = 3;

/** Counts a message that was not understood; from the third in a row on, the choices that offer a person. */
export function countMiss(turn: Turn): readonly Choice[] {
  turn.misses += 1;
  if (turn.misses < MISSES_BEFORE_PERSON) return [];
  return [agentChoice(turn), { id: 'command:menu', title: turn.t('common:choices.menu') }];
}

export function agentChoice(turn: Turn): Choice {
  return { id: 'command:agent', title: turn.t('common:choices.agent') };
}
