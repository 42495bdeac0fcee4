import { defineDialog, type Input, type Outcome, type Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import type { Appointment } from '../../models/appointment.js';
import {
  findOwnAppointments,
  getOwnAppointment,
  isOwnOpen,
} from '../../services/appointments/find-own-appointments.js';
import { tellLate } from '../../services/appointments/tell-late.js';
import type { BookingOptions } from '../booking/begin-booking.js';
import { isVisit } from '../booking/ask-confirm.js';
import { unlessRefused } from '../booking/refusal.js';
import { option, sayPeriod } from '../booking/say.js';
import { cancel } from '../booking/take-confirm.js';
import { countMiss } from '../count-miss.js';
import { bookingWish, minutesIn, type BookingWish } from './booking-wish.js';
import { describe, titleOf } from './describe.js';

export interface MyBookingsOptions {
  wish?: BookingWish;
  /** The words it was asked for with. */
  text?: string;
  /** Asked while one is being booked: that goes on where there is no other. */
  booking?: true;
}

interface State {
  at: 'which' | 'what' | 'cancel' | 'late';
  wish: BookingWish;
  id?: string;
  text?: string;
}

/** A user's bookings: look, choose or change a time, cancel (R-C6), guests (R-C5), running late. */
export const myBookings = defineDialog<State, MyBookingsOptions | undefined>({
  name: 'my-bookings',

  async begin(turn, { wish = 'list', text, booking } = {}) {
    const all = await own(turn);
    const state: State = { at: 'which', wish, ...(text === undefined ? {} : { text }) };
    const fitting = all.filter((one) => canHave(one, wish));
    const [first, ...others] = fitting.length > 0 ? fitting : all.slice(0, 1);
    if (!first || (fitting.length === 0 && all.length > 1)) {
      if (booking) {
        turn.say(turn.t('booking:mine.none'));
        return { do: 'end' };
      }
      turn.say(turn.t('booking:mine.none'), { choices: [option(turn, 'my:new')], numbered: false });
      return { do: 'wait', state };
    }
    return others.length > 0 ? which(turn, state, fitting) : go(turn, state, first);
  },

  async continue(turn, state, input) {
    const said = input.kind === 'choice' ? input.choice : '';
    if (said === 'my:new') return { do: 'replace', dialog: 'booking' };
    const id = said.startsWith('my-booking:') ? said.slice('my-booking:'.length) : state.id;
    if (id === undefined) return { do: 'yield' };
    const appointment = await getOwnAppointment(turn.services, id);
    // A cancellation that is run again says again that it was done.
    if (!isOwnOpen(appointment) && state.at !== 'cancel') return { do: 'yield' };
    if (id !== state.id) return go(turn, state, appointment);
    switch (state.at) {
      case 'cancel':
        return takeCancel(turn, state, appointment, input);
      case 'late':
        return late(turn, state, appointment, input.kind === 'text' ? input.text : '');
      default:
        return takeWhat(turn, state, appointment, input);
    }
  },

  async reprompt(turn, state) {
    const all = await own(turn);
    const appointment = all.find(({ _id }) => _id === state.id);
    if (appointment)
      await go(turn, { ...state, wish: state.at === 'what' ? 'list' : state.wish }, appointment);
    else if (all.length > 0) which(turn, state, all);
  },
});

function own(turn: Turn): Promise<Appointment[]> {
  const { _id: conversationId } = turn.conversation;
  return findOwnAppointments(turn.services, { conversationId, contactId: turn.contactId });
}

/** Which of several bookings is meant shows in what can be done with them. */
function canHave({ state, kind }: Appointment, wish: BookingWish): boolean {
  switch (wish) {
    case 'late':
      return state === 'scheduled';
    case 'guests':
      return kind === 'visit' && (state === 'scheduled' || state === 'planning');
    case 'move':
      return state === 'scheduled' || state === 'planning';
    case 'cancel':
      return state !== 'under-way';
    case 'list':
      return true;
  }
}

function which(turn: Turn, state: State, all: readonly Appointment[]): Outcome {
  turn.say(turn.t('booking:mine.which'), {
    choices: all.map((one) => ({ id: `my-booking:${one._id}`, title: titleOf(turn, one) })),
  });
  return { do: 'wait', state: { ...state, at: 'which' } };
}

async function go(turn: Turn, state: State, appointment: Appointment): Promise<Outcome> {
  const { _id: id, agreed, ticketNumber: number } = appointment;
  const next = { ...state, id };
  if (state.wish !== 'list' && !canHave(appointment, state.wish)) {
    turn.say(turn.t('booking:mine.notNow', { number }));
    return what(turn, next, appointment);
  }
  switch (state.wish) {
    case 'move':
      return times(turn, appointment, state.text);
    case 'guests':
      return toBooking({ appointmentId: id, wish: 'guests' });
    case 'cancel': {
      const said = {
        number,
        period: agreed ? `(${sayPeriod(turn, agreed)})` : '',
        kind: kindOf(turn, appointment),
      };
      turn.say(
        turn.t(`booking:mine.${agreed ? 'cancelAsk' : 'cancelAskEarly'}`, said).replace(/ {2,}/gu, ' '),
        {
          choices: ['cancel:yes', ...(agreed ? ['cancel:move'] : []), 'cancel:no'].map((one) =>
            option(turn, one),
          ),
        },
      );
      return { do: 'wait', state: { ...next, at: 'cancel' } };
    }
    case 'late':
      return late(turn, next, appointment, state.text ?? '');
    case 'list':
      return what(turn, next, appointment);
  }
}

/** The booking, with what can be done with it. */
function what(turn: Turn, state: State, appointment: Appointment): Outcome {
  const { state: stands } = appointment;
  const planning = stands === 'planning' ? ['my:time'] : [];
  const scheduled =
    stands === 'scheduled' ? ['my:move', ...(isVisit(appointment) ? ['my:guests'] : []), 'my:late'] : [];
  const waiting = stands === 'awaiting-letter' ? ['my:letter'] : [];
  const cancel = stands === 'under-way' ? [] : ['my:cancel'];
  const ids = [...waiting, ...planning, ...scheduled, ...cancel];
  const text = describe(turn, appointment);
  turn.say(ids.length === 0 ? text : `${text}\n\n${turn.t('booking:mine.what')}`, {
    choices: ids.map((id) => option(turn, id)),
  });
  return ids.length === 0 ? { do: 'end' } : { do: 'wait', state: { ...state, at: 'what' } };
}

function takeWhat(
  turn: Turn,
  state: State,
  appointment: Appointment,
  input: Input,
): Outcome | Promise<Outcome> {
  const { _id: appointmentId } = appointment;
  const wish = input.kind === 'text' ? bookingWish(input.text) : undefined;
  switch (input.kind === 'choice' ? input.choice : '') {
    case 'my:time':
    case 'my:move':
      return times(turn, appointment);
    case 'my:letter':
      return toBooking({ appointmentId, wish: 'letter' });
    case 'my:guests':
      return toBooking({ appointmentId, wish: 'guests' });
    case 'my:cancel':
      return go(turn, { ...state, wish: 'cancel' }, appointment);
    case 'my:late':
      return go(turn, { ...state, wish: 'late' }, appointment);
    default: {
      if (!wish || input.kind !== 'text') return { do: 'yield' };
      return go(turn, { ...state, wish, text: input.text }, appointment);
    }
  }
}

/** The agreed time stands until another is confirmed. */
function times(
  turn: Turn,
  { _id: appointmentId, agreed, ticketNumber: number }: Appointment,
  text?: string,
): Outcome {
  const lead = agreed
    ? turn.t('booking:mine.move', { period: sayPeriod(turn, agreed) })
    : turn.t('booking:mine.moveNone', { number });
  return toBooking({ appointmentId, lead, ...(text === undefined ? {} : { text }) });
}

/** R-C6: what follows is said before. */
function takeCancel(
  turn: Turn,
  state: State,
  appointment: Appointment,
  input: Input,
): Outcome | Promise<Outcome> {
  const command = input.kind === 'text' ? recogniseCommand(input.text) : undefined;
  switch (input.kind === 'choice' ? input.choice : command) {
    case 'cancel:yes':
    case 'yes':
    case 'cancel':
      return cancel(turn, appointment._id);
    case 'cancel:move':
      return times(turn, appointment);
    case 'cancel:no':
    case 'no':
      turn.say(turn.t('booking:mine.kept'));
      return { do: 'end' };
    default:
      countMiss(turn);
      return go(turn, { ...state, wish: 'cancel' }, appointment);
  }
}

function late(turn: Turn, state: State, { _id: id }: Appointment, text: string): Outcome | Promise<Outcome> {
  const minutes = minutesIn(text);
  if (minutes === undefined) {
    turn.say(turn.t('booking:mine.lateAsk'));
    return { do: 'wait', state: { ...state, at: 'late' } };
  }
  if (minutes > SESSION_MINUTES) {
    turn.say(turn.t('booking:mine.lateLong'), {
      choices: [option(turn, 'my:move'), option(turn, 'my:cancel')],
      numbered: false,
    });
    return { do: 'wait', state: { ...state, at: 'what' } };
  }
  return unlessRefused<unknown, Outcome>(
    turn,
    () => tellLate(turn.services, { id, minutes, key: `${turn.key}:late`, now: turn.now }),
    () => {
      turn.say(turn.t('booking:mine.lateNotToday'));
      return { do: 'end' };
    },
    () => {
      turn.say(turn.t('booking:mine.late', { minutes }));
      return { do: 'end' };
    },
  );
}

const SESSION_MINUTES = 60;

function kindOf(turn: Turn, { kind }: Appointment): string {
  return turn.t(`booking:kinds.${kind}`);
}

function toBooking(options: BookingOptions): Outcome {
  return { do: 'replace', dialog: 'booking', options };
}
