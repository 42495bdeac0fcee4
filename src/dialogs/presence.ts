import type { Turn } from '../conversation/dialog.js';
import { regionByCode } from '../language/index.js';
import type { Profile } from '../models/conversation.js';
import { formatDateTime, formatTime, SERVICE_ZONE, type IndonesianZone } from '../shared/format-time.js';
import { countedFrom, isOpen, nextOpening } from '../shared/working-time.js';

/** Whether a person is there (R-T3), and from when one is: in words of the user's language and zone. */
export interface Presence {
  state: 'open' | 'break' | 'closed';
  /** "Senin, 9 Maret 2026 pukul 08.00 WIB". */
  opening: string;
  /** "13.00 WIB": enough within the day. */
  time: string;
}

export function presence(turn: Turn, profile: Profile = turn.profile): Presence {
  const { calendar } = turn.services.reference;
  const when = { language: turn.language, zone: zoneOf(profile) };
  const opens = nextOpening(calendar, turn.now);
  // A break lies inside a working day, and deadlines count from it as from any other minute of that day.
  const inDay = countedFrom(calendar, turn.now).getTime() === turn.now.getTime();
  const away = inDay ? 'break' : 'closed';
  return {
    state: isOpen(calendar, turn.now) ? 'open' : away,
    opening: formatDateTime(opens, when),
    time: formatTime(opens, when),
  };
}

export function zoneOf(profile: Profile): IndonesianZone {
  return regionByCode(profile.regionCode ?? '')?.zone ?? SERVICE_ZONE;
}
