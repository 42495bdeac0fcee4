import { defineDialog, type Turn } from '../../conversation/dialog.js';
import { formatDateTime } from '../../shared/format-time.js';
import { isOpen, nextOpening } from '../../shared/working-time.js';

/** Hours, channels, cost (R-A7) and times of the service, with whether someone is there right now. */
export const serviceInfo = defineDialog<null, { text: string }>({
  name: 'service-info',

  begin(turn) {
    turn.say(describe(turn));
    return { do: 'end' };
  },

  continue: () => ({ do: 'yield' }),

  reprompt(turn) {
    turn.say(describe(turn));
  },
});

function describe(turn: Turn): string {
  const { phone, whatsapp, email } = turn.services.config.contact;
  const { calendar } = turn.services.reference;
  const { language } = turn;
  const opening = formatDateTime(nextOpening(calendar, turn.now), { language });
  const now = isOpen(calendar, turn.now)
    ? turn.t('service-info:openNow')
    : turn.t('service-info:closedNow', { opening });
  return turn.t('service-info:all', { phone, whatsapp, email, hours: hoursLines(turn), now });
}

/** "Senin–Kamis 08.00–12.00, 13.00–17.00": weekdays with equal hours together. */
function hoursLines(turn: Turn): string {
  const { periods } = turn.services.reference.calendar.hours;
  const weekdays = [1, 2, 3, 4, 5, 6, 7] as const;
  const written = weekdays.map((day) =>
    periods[day].map(({ from, to }) => `${from}–${to}`.replaceAll(':', '.')).join(', '),
  );
  const lines: string[] = [];
  for (let first = 0; first < written.length;) {
    let last = first;
    while (written[last + 1] === written[first] && last + 1 < written.length) last += 1;
    const days = [...new Set([first, last])]
      .map((index) => turn.t(`service-info:weekdays.${index + 1}`))
      .join('–');
    if (written[first] !== '') lines.push(`• ${days} ${written[first] ?? ''} WIB`);
    first = last + 1;
  }
  return lines.join('\n');
}
