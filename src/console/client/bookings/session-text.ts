import type { Session } from '../api/types/appointments.js';
import { t } from '../text/text.js';
import { formatShortDay, formatTime } from '../text/time.js';

/** "Kam, 5 Mar 2026 09.00–10.00". */
export function formatSession({ startsAt, endsAt }: Pick<Session, 'startsAt' | 'endsAt'>): string {
  return `${formatShortDay(startsAt)} ${formatTime(startsAt)}–${formatTime(endsAt)}`;
}

/** How long a time is still kept: "14 menit lagi"; null once it is over. */
export function timeLeft(until: string, now: Date): string | null {
  const minutes = Math.ceil((Date.parse(until) - now.getTime()) / 60_000);
  return minutes > 0 ? t('bookings.minutesLeft', { count: minutes }) : null;
}
