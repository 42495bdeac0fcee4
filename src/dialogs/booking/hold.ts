import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Appointment } from '../../models/appointment.js';
import { getOwnAppointment } from '../../services/appointments/find-own-appointments.js';
import { holdSession } from '../../services/appointments/hold-session.js';
import { askConfirm, isVisit } from './ask-confirm.js';
import { askGuests } from './ask-guests.js';
import type { BookingState } from './draft.js';
import { offerSessions } from './offer-sessions.js';
import { unlessRefused } from './refusal.js';
import { sayPeriod, sayTime } from './say.js';

/** Keeps the time for 15 minutes and goes on; a time that is not to be had is told why, with the next free ones. */
export async function hold(
  turn: Turn,
  { again: _, ...state }: BookingState,
  startsAt: Date,
): Promise<Outcome> {
  return unlessRefused(
    turn,
    () => holdSession(turn.services, { id: state.appointmentId ?? '', startsAt, now: turn.now }),
    (lead) => offerSessions(turn, state, { lead, others: true, from: dayOf(turn, startsAt) }),
    (appointment) => {
      const { held } = appointment;
      if (held)
        turn.say(turn.t('booking:held', { period: sayPeriod(turn, held), until: sayTime(turn, held.until) }));
      return afterHold(turn, { ...state, held: startsAt.toISOString() }, appointment);
    },
  );
}

/** Who comes to a visit is asked once (R-C5), then everything is confirmed. */
export function afterHold(turn: Turn, state: BookingState, appointment: Appointment): Outcome {
  return isVisit(appointment) && appointment.guests.length === 0
    ? askGuests(turn, { ...state, guests: [] })
    : askConfirm(turn, state, appointment);
}

/** The summary as things stand by now. */
export async function showConfirm(turn: Turn, state: BookingState): Promise<Outcome> {
  const appointment = await getOwnAppointment(turn.services, state.appointmentId ?? '');
  return appointment.held ? askConfirm(turn, state, appointment) : offerSessions(turn, state);
}

function dayOf(turn: Turn, startsAt: Date): string {
  return turn.services.reference.calendar.dateOf(startsAt);
}
