import type { Input, Outcome, Turn } from '../../conversation/dialog.js';
import { recogniseCommand } from '../../language/index.js';
import type { Appointment } from '../../models/appointment.js';
import { cancelAppointment } from '../../services/appointments/cancel-appointment.js';
import { confirmSession } from '../../services/appointments/confirm-session.js';
import { getOwnAppointment } from '../../services/appointments/find-own-appointments.js';
import { joinWaitingList } from '../../services/appointments/join-waiting-list.js';
import { releaseHold } from '../../services/appointments/release-hold.js';
import { forgetTicket } from '../forget-ticket.js';
import { dropsBooking } from '../my-bookings/booking-wish.js';
import { isVisit } from './ask-confirm.js';
import { askGuests } from './ask-guests.js';
import { askLeaving, askWaiting, waitingSpan } from './ask-waiting.js';
import type { BookingState } from './draft.js';
import { afterHold } from './hold.js';
import { keep, missed } from './next-step.js';
import { offerSessions } from './offer-sessions.js';
import { readWish } from './read-wish.js';
import { unlessRefused } from './refusal.js';
import { sayDate, sayPeriod } from './say.js';
import { askLetter } from './ask-letter.js';
import { asksOtherTime } from './take-beside.js';
import { aroundHeld, takeSession } from './take-session.js';

/** Agrees on what the summary shows, or goes back to a part of it. */
export async function takeConfirm(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const text = input.kind === 'text' ? input.text : '';
  const command = text === '' ? undefined : recogniseCommand(text);
  const words: Readonly<Record<string, string>> = {
    ...{ yes: 'confirm:yes', done: 'confirm:yes', cancel: 'confirm:cancel', no: 'confirm:time' },
  };
  const agreed = /^(?:ya,? )?(?:konfirmasi|setuju|confirm|book it|jadi)[.! ]*$/iu.test(text.trim());
  switch (input.kind === 'choice' ? input.choice : agreed ? 'confirm:yes' : words[command ?? '']) {
    case 'confirm:yes':
      return confirm(turn, state);
    case 'confirm:time':
      return offerSessions(turn, state, { others: true });
    case 'confirm:guests':
      return askGuests(turn, { ...state, guests: [] });
    case 'confirm:cancel':
      return askLeaving(turn, state);
    default:
      if (readWish(text, turn.now)) return takeSession(turn, aroundHeld(state), input);
      if (asksOtherTime(text)) return offerSessions(turn, state, { others: true });
      return (await keep(turn, state, input)) ?? missed(turn, state);
  }
}

/** One conditional write: either it is the user's now, or they hear why not with the next free times. */
async function confirm(turn: Turn, state: BookingState): Promise<Outcome> {
  const id = state.appointmentId ?? '';
  const step = { id, by: { kind: 'user' as const }, key: `${turn.key}:confirm`, now: turn.now };
  return unlessRefused(
    turn,
    () => confirmSession(turn.services, step),
    (lead, code) =>
      code === 'guests-missing'
        ? askGuests(turn, { ...state, guests: [] })
        : offerSessions(turn, state, { lead, others: true, ...fromHeld(turn, state) }),
    (appointment) => confirmed(turn, appointment),
  );
}

function fromHeld(turn: Turn, { held }: BookingState): { from?: string } {
  return held === undefined ? {} : { from: turn.services.reference.calendar.dateOf(new Date(held)) };
}

function confirmed(turn: Turn, appointment: Appointment): Outcome {
  const { agreed, ticketNumber: number, kind, thread } = appointment;
  const moved = thread.findLast(({ step }) => step === 'book' || step === 'move')?.step === 'move';
  const said = { number, period: agreed ? sayPeriod(turn, agreed) : '', kanwil: appointment.kanwil ?? '' };
  turn.say(
    [
      turn.t(moved ? 'booking:moved' : 'booking:confirmed', said),
      turn.t(`booking:next.${kind}`, said),
      turn.t(isVisit(appointment) ? 'booking:changeVisit' : 'booking:changeVideo'),
    ].join('\n\n'),
  );
  return { do: 'end' };
}

/** A time that became free for who waited, or one whose hold has run out: take it or leave it. */
export async function takeFreed(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const command = input.kind === 'text' ? recogniseCommand(input.text) : undefined;
  const said = input.kind === 'choice' ? input.choice : command;
  const id = state.appointmentId ?? '';
  if (said === 'freed:take' || said === 'yes') {
    const appointment = await getOwnAppointment(turn.services, id);
    if (appointment.held) return afterHold(turn, state, appointment);
    return offerSessions(turn, state, { lead: turn.t('booking:refused.hold-over'), others: true });
  }
  if (said === 'freed:leave' || said === 'no') {
    const { waiting } = await releaseHold(turn.services, { id, now: turn.now });
    turn.say(turn.t(waiting ? 'booking:freedWaits' : 'booking:freedLeft'));
    return { do: 'end' };
  }
  return takeSession(turn, state, input);
}

/** Between which days: by a button, or "10 sampai 20 Maret", "minggu depan". */
export async function takeWaiting(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  if (input.kind === 'choice') return wait(turn, state, waitingSpan(turn, input.choice));
  const text = input.kind === 'text' ? input.text : '';
  const wish = readWish(text, turn.now);
  if (wish?.from !== undefined) {
    const { from } = wish;
    return wait(turn, state, { from, to: wish.to ?? waitingSpan(turn, 'wait:month').to });
  }
  if (['cancel', 'no', 'back'].includes(recogniseCommand(text) ?? '')) return offerSessions(turn, state);
  return (await keep(turn, state, input)) ?? askWaiting(turn, state);
}

function wait(turn: Turn, state: BookingState, { from, to }: { from: string; to: string }): Promise<Outcome> {
  const step = { id: state.appointmentId ?? '', from, to, key: `${turn.key}:wait`, now: turn.now };
  return unlessRefused<unknown, Outcome>(
    turn,
    () => joinWaitingList(turn.services, step),
    (said) => {
      turn.say(said);
      return askWaiting(turn, state);
    },
    () => {
      const key = from === to ? 'booking:waitsOn' : 'booking:waits';
      turn.say(turn.t(key, { from: sayDate(turn, from), to: sayDate(turn, to) }));
      return { do: 'end' };
    },
  );
}

/** What becomes of a request that is not gone on with. */
export async function takeLeaving(turn: Turn, state: BookingState, input: Input): Promise<Outcome> {
  const command = input.kind === 'text' ? recogniseCommand(input.text) : undefined;
  const id = state.appointmentId ?? '';
  const { state: stands } = await getOwnAppointment(turn.services, id);
  const goOn = (): Outcome | Promise<Outcome> =>
    stands === 'awaiting-letter' ? askLetter(turn, state) : offerSessions(turn, state);
  const dropped = input.kind === 'text' && dropsBooking(input.text) ? 'cancel' : command;
  switch (input.kind === 'choice' ? input.choice : dropped) {
    case 'leave:later':
    case 'skip': {
      const { ticketNumber: number } = await releaseHold(turn.services, { id, now: turn.now });
      turn.say(turn.t('booking:left', { number }));
      return { do: 'end' };
    }
    case 'leave:cancel':
    case 'cancel':
      return cancel(turn, id);
    case 'leave:goOn':
    case 'my:letter':
    case 'no':
    case 'back':
      return goOn();
    default:
      if (stands === 'awaiting-letter') return missed(turn, state);
      return takeSession(turn, state, input);
  }
}

/** R-C6: a time that is given up by the user needs a new letter. */
export function cancel(turn: Turn, id: string): Promise<Outcome> {
  const step = { id, by: { kind: 'user' as const }, key: `${turn.key}:cancel`, now: turn.now };
  return unlessRefused<Appointment, Outcome>(
    turn,
    () => cancelAppointment(turn.services, step),
    (said) => {
      turn.say(said);
      return { do: 'end' };
    },
    async ({ ticketNumber: number, ticketId, kind, thread }) => {
      await forgetTicket(turn, ticketId);
      const givenUp = thread.findLast(({ step }) => step === 'cancel')?.startsAt;
      turn.say(
        turn.t(givenUp ? 'booking:cancelled' : 'booking:cancelledEarly', {
          number,
          kind: turn.t(`booking:kinds.${kind}`),
        }),
      );
      return { do: 'end' };
    },
  );
}
