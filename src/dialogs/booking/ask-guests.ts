import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { BookingState } from './draft.js';
import type { NamedGuest } from './read-guests.js';
import { option } from './say.js';

/** R-C5: who comes. */
export function askGuests(turn: Turn, state: BookingState): Outcome {
  const { guests } = state;
  const asking: BookingState = { ...state, at: 'guests' };
  if (guests.length === 0) {
    turn.say(turn.t('booking:guests'), { choices: [option(turn, 'guests:self')], numbered: false });
    return { do: 'wait', state: asking };
  }
  turn.say(turn.t('booking:guestsMore', { guests: guestLines(turn, guests) }), {
    choices: [option(turn, 'guests:done'), option(turn, 'guests:again')],
    numbered: false,
  });
  return { do: 'wait', state: asking };
}

export function askPosition(turn: Turn, state: BookingState, { name }: NamedGuest): Outcome {
  turn.say(turn.t('booking:guestPosition', { name }), {
    choices: [option(turn, 'position:skip')],
    numbered: false,
  });
  return { do: 'wait', state: { ...state, at: 'position' } };
}

export function guestLines(turn: Turn, guests: readonly Pick<NamedGuest, 'name' | 'position'>[]): string {
  return guests
    .map(({ name, position }, index) => `${index + 1}. ${position === null ? name : `${name}, ${position}`}`)
    .join('\n');
}
