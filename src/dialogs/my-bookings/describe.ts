import type { Turn } from '../../conversation/dialog.js';
import type { Appointment } from '../../models/appointment.js';
import { summaryLines } from '../booking/ask-confirm.js';
import { sayDate, sayPeriod } from '../booking/say.js';

/** How a booking stands, and what it is about. */
export function describe(turn: Turn, appointment: Appointment): string {
  const { ticketNumber: number, agreed } = appointment;
  const head = turn.t('booking:mine.booking', { number, status: statusOf(turn, appointment) });
  return `${head}\n${summaryLines(turn, appointment, agreed ? sayPeriod(turn, agreed) : '')}`;
}

function statusOf(turn: Turn, { state, waiting, thread }: Appointment): string {
  if (state === 'planning' && waiting) {
    const { from, to } = waiting;
    return turn.t('booking:mine.status.waiting', { from: sayDate(turn, from), to: sayDate(turn, to) });
  }
  const reason = thread.findLast(({ step }) => step === 'decline')?.text ?? '';
  return turn.t(`booking:mine.status.${state}`, { reason });
}

/** A button's title: number, kind, time. */
export function titleOf(turn: Turn, { ticketNumber, kind, agreed }: Appointment): string {
  const time = agreed ? ` · ${sayPeriod(turn, agreed)}` : '';
  return `${ticketNumber} · ${turn.t(`booking:kinds.${kind}`)}${time}`;
}
