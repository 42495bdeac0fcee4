import { DateTime } from 'luxon';
import { defineDialog, type Turn } from '../../conversation/dialog.js';
import { SERVICE_ZONE, type IndonesianZone } from '../../shared/format-time.js';
import { presence, zoneOf } from '../presence.js';

interface State {
  text: string;
}

/** Hours, channels, cost (R-A7) and times of the service, with whether someone is there right now; all of it, or what was asked. */
export const serviceInfo = defineDialog<State, State>({
  name: 'service-info',

  begin(turn, { text }) {
    turn.say(describe(turn, text));
    return { do: 'end' };
  },

  continue: () => ({ do: 'yield' }),

  reprompt(turn) {
    turn.say(describe(turn, ''));
  },
});

const PARTS = ['time', 'cost', 'channels', 'hours'] as const;
type Part = (typeof PARTS)[number];

const ASKED: Readonly<Record<Part, RegExp>> = {
  time: /\b(?:berapa (?:lama|hari)|(?:kapan|lama|cepat) (?:\w+ )?(?:dijawab|dibalas|jawaban\w*)|jawabannya (?:kapan|berapa)|how long|answered|reply)\b/iu,
  cost: /\b(?:biaya\w*|bayar\w*|gratis|tarif\w*|cost|fee|free|pay)\b/iu,
  channels:
    /\b(?:telepon|telp|wa|whatsapp|e-?mail|kontak|alamat\w*|lokasi|dihubungi|phone|contact|address)\b/iu,
  hours: /\b(?:jam|buka\w*|tutup\w*|hari|libur|ada orang|petugas\w*|operasional|hours|open|closed?)\b/iu,
};

function describe(turn: Turn, text: string): string {
  const { phone, whatsapp, email } = turn.services.config.contact;
  const { state, ...when } = presence(turn);
  const now = turn.t(`service-info:now.${state}`, { ...when });
  const asked = PARTS.find((part) => ASKED[part].test(text));
  const said = (part: Part | 'about'): string =>
    turn.t(`service-info:parts.${part}`, {
      ...{ phone, whatsapp, email, now },
      hours: hoursLines(turn),
    });
  if (asked) return said(asked);
  return turn.t('service-info:all', {
    ...{ about: said('about'), hours: said('hours'), channels: said('channels'), time: said('time') },
  });
}

/** "Senin–Kamis 08.00–12.00, 13.00–17.00 WIB": weekdays with equal hours together, in the user's zone as well (R-T1). */
function hoursLines(turn: Turn): string {
  const { periods } = turn.services.reference.calendar.hours;
  const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
  const zone = zoneOf(turn.profile);
  const written = weekdays.map((day) => {
    const here = hoursIn(SERVICE_ZONE, periods[day]);
    return here === '' || zone === SERVICE_ZONE ? here : `${here} (${hoursIn(zone, periods[day])})`;
  });
  const lines: string[] = [];
  for (let first = 0; first < written.length;) {
    let last = first;
    while (written[last + 1] === written[first] && last + 1 < written.length) last += 1;
    const days = [...new Set([first, last])]
      .map((index) => turn.t(`service-info:weekdays.${index + 1}`))
      .join('–');
    if (written[first] !== '') lines.push(`• ${days} ${written[first] ?? ''}`);
    first = last + 1;
  }
  return lines.join('\n');
}

type Periods = readonly { from: string; to: string }[];

/** "08.00–12.00, 13.00–17.00 WIB". The zones of Indonesia keep one distance all year, so any day tells it. */
function hoursIn(zone: IndonesianZone, periods: Periods): string {
  if (periods.length === 0) return '';
  const at = (time: string): DateTime =>
    DateTime.fromISO(`2026-01-01T${time}`, { zone: SERVICE_ZONE }).setZone(zone).setLocale('id');
  const written = periods.map(({ from, to }) => `${at(from).toFormat('HH.mm')}–${at(to).toFormat('HH.mm')}`);
  return `${written.join(', ')} ${at('00:00').offsetNameShort ?? ''}`;
}
