import type { FreeSessions, Session } from '../api/types/appointments.js';
import { inputsOf } from './wib-input.js';

/** A day of the pick list: its free sessions, or why it has none. */
export interface SessionDay {
  /** yyyy-MM-dd. */
  date: string;
  sessions: Session[];
  full: FreeSessions['full'][number] | null;
}

/** Free sessions by day in WIB, full and closed days between them, up to the last day with something free. */
export function sessionDays({ sessions, full }: Pick<FreeSessions, 'sessions' | 'full'>): SessionDay[] {
  const days = new Map<string, SessionDay>();
  for (const session of sessions) {
    const { date } = inputsOf(session.startsAt);
    const day = days.get(date) ?? { date, sessions: [], full: null };
    day.sessions.push(session);
    days.set(date, day);
  }
  const last = [...days.keys()].sort().at(-1) ?? '9999';
  for (const day of full) {
    if (day.date < last && !days.has(day.date))
      days.set(day.date, { date: day.date, sessions: [], full: day });
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}
