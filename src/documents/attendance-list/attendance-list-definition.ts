import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';
import { formatDate, formatDateTime, formatHours } from '../../shared/format-time.js';
import type { Translate } from '../../shared/i18n.js';
import { clipText } from '../clip-text.js';
import { CONTENT_WIDTH, letterhead } from '../letterhead.js';
import { factsTable, heading, ruledTable, runningLine } from '../paper-parts.js';
import { plainPng } from '../plain-png.js';
import { toPrintable } from '../printable-text.js';
import type { AttendanceLine, AttendanceListData } from './attendance-list-data.js';

const NO_WIDTH = 28;
const NAME_WIDTH = 160;
const POSITION_WIDTH = 132;
const SIGNATURE_WIDTH = CONTENT_WIDTH - NO_WIDTH - NAME_WIDTH - POSITION_WIDTH;
const SIGNATURE_HEIGHT = 40;
/** Under an empty line: room to sign by hand. */
const SIGNATURE_ROOM = 28;
const SIGNATURE_PADDING = 10;

const LONGEST = 120;
const LONGEST_PURPOSE = 300;

/** The list as pdfmake takes it. */
export function attendanceListDefinition(data: AttendanceListData, t: Translate): TDocumentDefinitions {
  const title = t('booking-papers:attendance.title');
  return {
    content: [
      letterhead([t('bak:letterhead.ministry'), t('bak:letterhead.directorate')], t('bak:letterhead.sender')),
      { text: title.toUpperCase(), bold: true, fontSize: 14, characterSpacing: 0.4, alignment: 'center' },
      { text: t('booking-papers:attendance.subtitle'), alignment: 'center', margin: [0, 0, 0, 12] },
      factsTable(facts(data, t)),
      heading(t('booking-papers:attendance.guests')),
      data.guests.length === 0
        ? { text: t('booking-papers:attendance.none'), italics: true }
        : signing(data.guests, t),
      heading(t('booking-papers:attendance.officer')),
      signing([data.consultant ?? { name: '', position: null, signature: null }], t),
    ],
    info: { title: `${title} ${data.number}`, author: t('bak:letterhead.sender') },
    footer: (page, pages) =>
      runningLine(
        [
          t('booking-papers:attendance.made', { time: formatDateTime(data.madeAt, { language: 'id' }) }),
          t('bak:page', { page, pages }),
        ],
        [0, 18, 0, 0],
      ),
    pageMargins: [64, 64, 56, 60],
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.2 },
  };
}

function facts(data: AttendanceListData, t: Translate): [string, string][] {
  const { number, startsAt, room, agency, region, purpose } = data;
  const label = (name: string): string => t(`booking-papers:attendance.facts.${name}`);
  return [
    [label('number'), number],
    [label('day'), formatDate(startsAt, { language: 'id' })],
    [label('time'), formatHours(data, { language: 'id' })],
    [label('room'), clipText(room, LONGEST)],
    [label('agency'), clipText([agency, ...(region === null ? [] : [region])].join(', '), LONGEST)],
    [label('purpose'), clipText(purpose, LONGEST_PURPOSE)],
  ];
}

function signing(lines: readonly AttendanceLine[], t: Translate): Content {
  const column = (name: string): string => t(`booking-papers:attendance.column.${name}`);
  return ruledTable({
    widths: [NO_WIDTH, NAME_WIDTH, POSITION_WIDTH, SIGNATURE_WIDTH],
    head: [column('no'), column('name'), column('position'), column('signature')],
    rows: lines.map(({ name, position, signature }, index) => [
      String(index + 1),
      toPrintable(clipText(name, LONGEST)),
      toPrintable(clipText(position ?? '', LONGEST)),
      signatureBox(signature),
    ]),
  });
}

function signatureBox(signature: Uint8Array | null): Content {
  const png = signature && plainPng(signature);
  if (!png) return { text: '', margin: [0, 0, 0, SIGNATURE_ROOM] };
  return {
    image: `data:image/png;base64,${png.toString('base64')}`,
    fit: [SIGNATURE_WIDTH - SIGNATURE_PADDING, SIGNATURE_HEIGHT],
  };
}
