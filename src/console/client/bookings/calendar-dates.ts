import { t } from '../text/text.js';
import { formatDate, formatMonth, formatShortDay } from '../text/time.js';

/** As the grid names them. */
export type GridView = 'timeGridDay' | 'timeGridWeek' | 'dayGridMonth';

const DAY = 86_400_000;

/** The day from which the page before or after is shown; weekends have no page. @param date yyyy-MM-dd */
export function turnPage(view: GridView, date: string, by: 1 | -1): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (view === 'dayGridMonth')
    return iso(new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + by, 1)));
  if (view === 'timeGridWeek') return iso(new Date(day.getTime() + by * 7 * DAY));
  let next = new Date(day.getTime() + by * DAY);
  while (next.getUTCDay() % 6 === 0) next = new Date(next.getTime() + by * DAY);
  return iso(next);
}

/** "Sen, 2 Mar 2026 – Jum, 6 Mar 2026", the one day, or "Maret 2026". */
export function rangeTitle(view: GridView, date: string, from: string, to: string): string {
  if (view === 'dayGridMonth') return formatMonth(date);
  if (from === '' || to === '') return t('common.loading');
  return from === to ? formatDate(from) : `${formatShortDay(from)} – ${formatShortDay(to)}`;
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}
