import type { Turn } from '../../conversation/dialog.js';
import type { Session } from '../../models/appointment.js';
import type { Choice } from '../../models/message.js';
import { formatDate, formatPeriod, formatTime } from '../../shared/format-time.js';
import { zoneOf } from '../presence.js';

/** "Kamis, 5 Maret 2026 pukul 09.00–10.00 WIB (10.00–11.00 WITA)" (R-T1). */
export function sayPeriod(turn: Turn, session: Pick<Session, 'startsAt' | 'endsAt'>): string {
  return formatPeriod(session, { language: turn.language, zone: zoneOf(turn.profile) });
}

/** "10.25 WIB (11.25 WITA)". */
export function sayTime(turn: Turn, instant: Date): string {
  return formatTime(instant, { language: turn.language, zone: zoneOf(turn.profile) });
}

/** @param date yyyy-MM-dd, or an instant */
export function sayDate(turn: Turn, date: string | Date): string {
  return formatDate(date, { language: turn.language });
}

/** A button with its text of `booking:choices`. */
export function option(turn: Turn, id: string): Choice {
  return { id, title: turn.t(`booking:choices.${id.replaceAll(':', '-')}`) };
}
