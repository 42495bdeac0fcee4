import { DateTime } from 'luxon';
import type { Turn } from '../../conversation/dialog.js';
import { SERVICE_ZONE } from '../../shared/format-time.js';
import { regionByCode } from '../../language/index.js';

/** "Selamat pagi": by the clock where the user is (R-T1). */
export function greeting(turn: Turn): string {
  const zone = regionByCode(turn.profile.regionCode ?? '')?.zone ?? SERVICE_ZONE;
  const { hour, minute } = DateTime.fromJSDate(turn.now, { zone });
  const time = hour * 60 + minute;
  return turn.t(`menu:greeting.${partOfDay(time)}`);
}

/** Indonesian day parts: pagi to 11.00, siang to 15.00, sore to 18.30, malam. */
function partOfDay(minutes: number): 'morning' | 'noon' | 'afternoon' | 'evening' {
  if (minutes >= 4 * 60 && minutes < 11 * 60) return 'morning';
  if (minutes >= 11 * 60 && minutes < 15 * 60) return 'noon';
  if (minutes >= 15 * 60 && minutes < 18 * 60 + 30) return 'afternoon';
  return 'evening';
}
