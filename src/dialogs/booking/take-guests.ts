import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import { getOwnAppointment } from '../../services/appointments/find-own-appointments.js';
import { guestsLimit } from '../../services/appointments/guests-limit.js';
import { nameGuests } from '../../services/appointments/name-guests.js';
import { explainRefusal } from '../explain-refusal.js';
import { askConfirm } from './ask-confirm.js';
import { askGuests, askPosition } from './ask-guests.js';
import { askLeaving } from './ask-waiting.js';
import type { BookingState } from './draft.js';
import { guestOf, isGuest, readGuests, type NamedGuest } from './read-guests.js';
import { unlessRefused } from './refusal.js';
import { offerSessions } from './offer-sessions.js';
import { readWish } from './read-wish.js';
import { asksOtherTime } from './take-beside.js';
import { aroundHeld, takeSession } from './take-session.js';
import { sayPeriod } from './say.js';

/** Guests with their positions, all at once or one by one; two, or four with a regional head or the chair of the DPRD (R-C5). */
export async function takeGuests(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const { guests } = state;
  if (explainRefusal(turn, input)) return { do: 'wait', state };
  const text = input.kind === 'text' ? input.text : '';
  const command = text === '' ? undefined : recogniseCommand(text);
  if (command === 'cancel') return askLeaving(turn, state);
  const done =
    command === 'done' ||
    command === 'no' ||
    command === 'yes' ||
    /^(?:itu|sudah|cukup|that is|(?:ya,? )?konfirmasi|confirm)\b.{0,20}$/iu.test(text);
  switch (input.kind === 'choice' ? input.choice : done ? 'guests:done' : '') {
    case 'guests:self':
      return add(turn, state, [selfOf(turn)]);
    case 'guests:done':
      return guests.length > 0 ? finish(turn, state) : askGuests(turn, state);
    case 'guests:again':
      return askGuests(turn, { ...state, guests: [] });
    default:
      return text === '' || command ? askGuests(turn, state) : takeNames(turn, state, input, text);
  }
}

/** A wish for another time goes to the times; what is no name is asked for again. */
function takeNames(turn: Turn, state: BookingState, input: Input, text: string): Outcome | Promise<Outcome> {
  if (asksOtherTime(text)) return toTimes(turn, state, input, text);
  const self = selfOf(turn);
  const read = /\?\s*$/u.test(text) ? [] : readGuests(text, self);
  const people = read.filter((guest) => isGuest(guest, self));
  if (people.length < Math.max(read.length, 1)) turn.say(turn.t('booking:guestsNames'));
  return add(turn, state, people);
}

function toTimes(turn: Turn, state: BookingState, input: Input, text: string): Outcome | Promise<Outcome> {
  return readWish(text, turn.now)
    ? takeSession(turn, aroundHeld(state), input)
    : offerSessions(turn, state, { others: true });
}

export async function takePosition(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const at = state.guests.findIndex(({ position }) => position === null);
  const guest = state.guests[at];
  if (!guest) return askGuests(turn, state);
  const text = input.kind === 'text' ? input.text.trim() : '';
  if (recogniseCommand(text) === 'cancel') return askLeaving(turn, state);
  if (asksOtherTime(text)) return toTimes(turn, state, input, text);
  const skipped = input.kind === 'choice' || ['skip', 'no'].includes(recogniseCommand(text) ?? '');
  const isPost = /\p{L}{2}/u.test(text) && !/[?]|\bkonfirmasi\b/iu.test(text) && !recogniseCommand(text);
  if (!skipped && !isPost) return askPosition(turn, state, guest);
  const named = skipped ? { ...guest, position: '' } : guestOf(guest.name, text.slice(0, 160));
  return checked(turn, state, state.guests.with(at, named));
}

function add(turn: Turn, state: BookingState, more: readonly NamedGuest[]): Outcome | Promise<Outcome> {
  const names = new Set(state.guests.map(({ name }) => name.toLowerCase()));
  const guests = [...state.guests, ...more.filter(({ name }) => !names.has(name.toLowerCase()))];
  return more.length === 0 ? askGuests(turn, state) : checked(turn, state, guests, more.length);
}

function checked(
  turn: Turn,
  state: BookingState,
  guests: NamedGuest[],
  told = 1,
): Outcome | Promise<Outcome> {
  const unknown = guests.find(({ position }) => position === null);
  if (unknown) return askPosition(turn, { ...state, guests }, unknown);
  const most = guestsLimit(guests);
  if (guests.length > most) {
    turn.say(turn.t('booking:refused.too-many-guests', { most }));
    return askGuests(turn, { ...state, guests: [] });
  }
  const named = { ...state, guests };
  return told > 1 || guests.length === most ? finish(turn, named) : askGuests(turn, named);
}

async function finish(turn: Turn, state: BookingState): Promise<Outcome> {
  const guests = state.guests.map((guest) => ({
    ...guest,
    position: guest.position === '' ? null : guest.position,
  }));
  const step = {
    ...{ id: state.appointmentId ?? '', guests, by: { kind: 'user' as const } },
    ...{ key: `${turn.key}:guests`, now: turn.now },
  };
  return unlessRefused(
    turn,
    () => nameGuests(turn.services, step),
    (said) => {
      turn.say(said);
      return askGuests(turn, { ...state, guests: [] });
    },
    async () => {
      const appointment = await getOwnAppointment(turn.services, step.id);
      if (appointment.held) return askConfirm(turn, state, appointment);
      const { agreed } = appointment;
      turn.say(turn.t('booking:guestsChanged', { period: agreed ? sayPeriod(turn, agreed) : '' }));
      return { do: 'end' };
    },
  );
}

function selfOf(turn: Turn): NamedGuest {
  const { name = '', position } = turn.profile;
  return guestOf(name, position ?? null);
}
