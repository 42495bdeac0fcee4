import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Appointment } from '../../models/appointment.js';
import { appointmentPlace } from '../../services/appointments/appointment-place.js';
import { topicName } from '../consultation/topic.js';
import { guestLines } from './ask-guests.js';
import type { BookingState } from './draft.js';
import { option, sayDate, sayPeriod, sayTime } from './say.js';

/** Everything that is about to be agreed on, and until when the time is held. */
export function askConfirm(turn: Turn, state: BookingState, appointment: Appointment): Outcome {
  const { held, agreed } = appointment;
  const time = held ?? agreed;
  const period = time ? sayPeriod(turn, time) : '';
  const until = held ? sayTime(turn, held.until) : '';
  const lines = [
    turn.t(agreed ? 'booking:summaryMove' : 'booking:summary'),
    summaryLines(turn, appointment, period),
    turn.t(agreed ? 'booking:confirmMove' : 'booking:confirm', {
      until,
      agreed: agreed ? sayPeriod(turn, agreed) : '',
    }),
  ];
  turn.say(lines.join('\n\n'), {
    choices: [
      'confirm:yes',
      'confirm:time',
      ...(isVisit(appointment) ? ['confirm:guests'] : []),
      'confirm:cancel',
    ].map((id) => option(turn, id)),
  });
  return { do: 'wait', state: { ...state, at: 'confirm' } };
}

/** The facts of a booking as lines. */
export function summaryLines(turn: Turn, appointment: Appointment, period: string): string {
  const { kind, purpose, topicCode, letter, guests } = appointment;
  const row = (label: string, value: string): string => `*${turn.t(`booking:labels.${label}`)}*: ${value}`;
  const place = sayPlace(turn, appointment);
  return [
    row('kind', turn.t(`booking:kinds.${kind}`)),
    ...(period === '' ? [] : [row('time', period)]),
    ...(place === '' ? [] : [row('place', place)]),
    row('topic', topicName(turn, topicCode)),
    row('purpose', purpose.length > SHOWN ? `${purpose.slice(0, SHOWN)}…` : purpose),
    ...(letter ? [row('letter', letterText(turn, letter.number, letter.date, letter.sender))] : []),
    ...(guests.length > 0 ? [`${row('guests', '').trim()}\n${guestLines(turn, guests)}`] : []),
  ].join('\n');
}

/** Where it is held, as far as its time says. */
export function sayPlace(turn: Turn, { kind, kanwil, held, agreed }: Appointment): string {
  return appointmentPlace(turn.services, { kind, kanwil, agreed: held ?? agreed });
}

/** Longest piece of a purpose that is repeated. */
const SHOWN = 500;

function letterText(turn: Turn, number: string, date: string, sender: string): string {
  return turn.t('booking:letterLine', { number, date: sayDate(turn, date), sender });
}

export function isVisit({ kind }: Pick<Appointment, 'kind'>): boolean {
  return kind === 'visit';
}
