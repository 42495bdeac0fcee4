import type { Outcome, Turn } from '../../conversation/dialog.js';
import type { Appointment } from '../../models/appointment.js';
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
  return [
    row('kind', turn.t(`booking:kinds.${kind}`)),
    ...(period === '' ? [] : [row('time', period)]),
    row('place', sayPlace(turn, appointment)),
    row('topic', topicName(turn, topicCode)),
    row('purpose', purpose.length > SHOWN ? `${purpose.slice(0, SHOWN)}…` : purpose),
    ...(letter ? [row('letter', letterText(turn, letter.number, letter.date, letter.sender))] : []),
    ...(guests.length > 0 ? [`${row('guests', '').trim()}\n${guestLines(turn, guests)}`] : []),
  ].join('\n');
}

/** Where it is held: the room of its time, or the one it will most likely be. */
export function sayPlace(turn: Turn, { kind, kanwil, held, agreed }: Appointment): string {
  const { rooms } = turn.services.reference;
  const code = (held ?? agreed)?.room;
  const room = rooms.find((one) => one.code === code) ?? rooms.find((one) => one.kinds.includes(kind));
  return turn.t(`booking:places.${kind}`, { kanwil: kanwil ?? '', room: room?.name ?? '' });
}

/** Longest piece of a purpose that is repeated. */
const SHOWN = 500;

function letterText(turn: Turn, number: string, date: string, sender: string): string {
  return turn.t('booking:letterLine', { number, date: sayDate(turn, date), sender });
}

export function isVisit({ kind }: Pick<Appointment, 'kind'>): boolean {
  return kind === 'visit';
}
