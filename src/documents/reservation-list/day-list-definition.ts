import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { formatDate, formatDateTime, formatHours, formatTime } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import { clipText } from '../clip-text.js';
import { GREY, ruledTable } from '../paper-parts.js';
import { toPrintable } from '../printable-text.js';
import type { DayListData, DayListVisit } from './day-list-data.js';

const MARGIN = 40;
/** Of the columns below: A4 across between the margins, 762 points. */
const WIDTHS = [22, 84, 130, 165, 144, 109, 36, 36, 36];
const COLUMNS = ['no', 'time', 'agency', 'guests', 'purpose', 'consultant', 'card', 'arrived', 'left'];

const LONGEST = 120;
const LONGEST_PURPOSE = 160;

/** The list as pdfmake takes it. */
export function dayListDefinition(data: DayListData, t: Translate): TDocumentDefinitions {
  const { date, madeAt, visits } = data;
  const title = t('booking-papers:reservations.title');
  const day = formatDate(date, { language: 'id' });
  return {
    pageOrientation: 'landscape',
    content: [
      {
        text: `${t('bak:letterhead.directorate')} · ${t('bak:letterhead.sender')}`,
        fontSize: 8.5,
        color: GREY,
      },
      { text: title, bold: true, fontSize: 16, margin: [0, 2, 0, 0] },
      { text: [{ text: day, bold: true }, `   ${count(visits, t)}`], fontSize: 11, margin: [0, 2, 0, 10] },
      visits.length === 0
        ? { text: t('booking-papers:reservations.none'), italics: true }
        : ruledTable({
            widths: WIDTHS,
            head: COLUMNS.map((name) => t(`booking-papers:reservations.column.${name}`)),
            rows: visits.map((visit, index) => rowOf(visit, index, t)),
          }),
    ],
    info: { title: `${title}, ${day}`, author: t('bak:letterhead.sender') },
    footer: (page, pages) => ({
      margin: [MARGIN, 10, MARGIN, 0],
      fontSize: 8.5,
      color: GREY,
      columns: [
        t('booking-papers:reservations.made', { time: formatDateTime(madeAt, { language: 'id' }) }),
        { text: t('bak:page', { page, pages }), alignment: 'right' },
      ],
    }),
    pageMargins: [MARGIN, 36, MARGIN, 40],
    defaultStyle: { font: 'Roboto', fontSize: 9.5, lineHeight: 1.15 },
  };
}

function count(visits: readonly DayListVisit[], t: Translate): string {
  const guests = visits.reduce((sum, visit) => sum + visit.guests.length, 0);
  return t('booking-papers:reservations.count', { visits: visits.length, guests });
}

function rowOf(visit: DayListVisit, index: number, t: Translate): Content[] {
  const { number, room, agency, region, guests, purpose, unit, consultant, state } = visit;
  const time = (at: Date | null): string =>
    at ? formatTime(at, { language: 'id' }).replace(/ WIB$/, '') : '';
  const stands = state === 'scheduled' ? [] : [t(`booking-papers:reservations.state.${state}`)];
  return [
    String(index + 1),
    over(formatHours(visit, { language: 'id' }), [number, room, ...stands]),
    over(agency, [region ?? '']),
    {
      stack: guests.map(({ name, position }) => over(name, [position ?? ''])),
    },
    short(purpose, LONGEST_PURPOSE),
    over(consultant ?? t('bak:absent'), [unit]),
    short(visit.guestCard ?? ''),
    time(visit.arrivedAt),
    time(visit.leftAt),
  ];
}

/** A line, and under it in grey what belongs to it. */
function over(line: string, below: readonly string[]): Content {
  const small = below.filter((text) => text !== '').map((text) => short(text));
  return {
    margin: [0, 0, 0, 2],
    stack: [short(line), ...small.map((text) => ({ text, fontSize: 8, color: GREY }))],
  };
}

function short(text: string, most = LONGEST): string {
  return toPrintable(clipText(text, most));
}
