import type { Row } from 'write-excel-file/node';
import { formatHours, formatTime } from '../../shared/format-time.js';
import { loadTexts, type Translate } from '../../shared/i18n.js';
import { fixZipTimes } from '../fix-zip-times.js';
import { safeCell } from '../safe-cell.js';
import type { DayListData, DayListVisit } from './day-list-data.js';

/** A paper of the office: in Indonesian. */
const t = loadTexts().for('id');

/** Columns in their order, with their width in characters. */
const COLUMNS = {
  ...{ no: 5, time: 18, number: 19, room: 20, agency: 34, region: 24, guests: 44, purpose: 50 },
  ...{ unit: 28, consultant: 24, card: 12, arrived: 9, left: 9, state: 18 },
};

/** The Daftar Reservasi Tamu Harian as a workbook, one row a visit (R-C7); the same data always gives the same bytes. */
export async function renderDayListXlsx({ date, visits }: DayListData): Promise<Buffer> {
  const head = Object.keys(COLUMNS).map((name) => ({
    value: t(`booking-papers:reservations.column.${name}`),
    fontWeight: 'bold' as const,
    backgroundColor: '#eef1f5',
  }));
  const { default: writeExcelFile } = await import('write-excel-file/node');
  const workbook = writeExcelFile([head, ...visits.map((visit, index) => rowOf(visit, index, t))], {
    sheet: `${t('booking-papers:reservations.sheet')} ${date}`,
    columns: Object.values(COLUMNS).map((width) => ({ width })),
    stickyRowsCount: 1,
    orientation: 'landscape',
  });
  return fixZipTimes(await workbook.toBuffer());
}

function rowOf(visit: DayListVisit, index: number, translate: Translate): Row {
  const { number, room, agency, region, guests, purpose, unit, consultant, guestCard } = visit;
  const time = (at: Date | null): string => (at ? formatTime(at, { language: 'id' }) : '');
  const named = guests.map(({ name, position }) => (position === null ? name : `${name} (${position})`));
  const texts = [
    ...[formatHours(visit, { language: 'id' }), number, room, agency, region ?? ''],
    ...[named.map((name) => name.replace(/\s+/g, ' ')).join('\n'), purpose, unit, consultant ?? ''],
    ...[guestCard ?? '', time(visit.arrivedAt), time(visit.leftAt)],
    translate(`booking-papers:reservations.state.${visit.state}`),
  ];
  return [
    { value: index + 1, alignVertical: 'top' },
    ...texts.map((text) => {
      const value = safeCell(text);
      // The library takes an empty text for no cell at all.
      return value === '' ? null : ({ value, type: String, wrap: true, alignVertical: 'top' } as const);
    }),
  ];
}
