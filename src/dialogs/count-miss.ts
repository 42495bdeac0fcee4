import type { Outcome, Turn } from '../conversation/dialog.js';
import type { Choice } from '../models/message.js';

/** From this many messages in a row that were not understood, a person is offered. */
const MISSES_BEFORE_PERSON = 3;

/** Counts a message that was not understood; from the third in a row on, the choices that offer a person. */
export function countMiss(turn: Turn): readonly Choice[] {
  turn.misses += 1;
  return isPersonOffered(turn) ? personChoices(turn) : [];
}

/** What was not understood among choices is asked again; from the third time in a row on a person is offered instead. */
export function askToPick<State>(
  turn: Turn,
  state: State,
  ask: (turn: Turn, state: State) => Outcome,
): Outcome {
  const offers = countMiss(turn);
  if (offers.length === 0) {
    turn.say(turn.t('common:pickOne'));
    return ask(turn, state);
  }
  turn.say(turn.t('menu:notUnderstoodAgain'), { choices: offers });
  return { do: 'wait', state };
}

/** Asks "would you like to talk to a person?"; a "ya" that follows takes the offer. `others`: what else may be chosen. */
export function offerPerson(turn: Turn, text: string, others: readonly Choice[] = []): void {
  turn.misses = Math.max(turn.misses + 1, MISSES_BEFORE_PERSON);
  turn.say(text, { choices: personChoices(turn, others) });
}

/** True when the message before this one was answered with the offer of a person. */
export function isPersonOffered(turn: Turn): boolean {
  return turn.misses >= MISSES_BEFORE_PERSON;
}

export function agentChoice(turn: Turn): Choice {
  return { id: 'command:agent', title: turn.t('common:choices.agent') };
}

/** Begins a complaint wherever it is pressed (R-A8). */
export const COMPLAIN = 'command:complain';

export function complaintChoice(turn: Turn): Choice {
  return { id: COMPLAIN, title: turn.t('common:choices.complain') };
}

function personChoices(turn: Turn, others: readonly Choice[] = []): Choice[] {
  return [agentChoice(turn), ...others, { id: 'command:menu', title: turn.t('common:choices.menu') }];
}
