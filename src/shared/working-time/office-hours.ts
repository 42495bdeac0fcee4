import { IANAZone } from 'luxon';
import { DomainError } from '../errors.js';

/** ISO weekday: 1 = Monday … 7 = Sunday. */
export type IsoWeekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Local wall-clock times "HH:mm" in the zone of the office; `to` may be "24:00". */
export interface OpeningPeriod {
  from: string;
  to: string;
}

/** Opening periods per weekday, in order and apart; several a day for lunch and Friday prayer, none for a weekend. */
export interface OfficeHours {
  zone: string;
  periods: Readonly<Record<IsoWeekday, readonly OpeningPeriod[]>>;
}

/** Minutes after local midnight. */
export interface MinutePeriod {
  from: number;
  to: number;
}

const WEEKDAYS: readonly IsoWeekday[] = [1, 2, 3, 4, 5, 6, 7];

const MONDAY_TO_THURSDAY = [
  { from: '08:00', to: '12:00' },
  { from: '13:00', to: '17:00' },
];
const FRIDAY = [
  { from: '08:00', to: '11:30' },
  { from: '13:30', to: '17:00' },
];

/** R-T1, R-T3: 08.00–17.00 WIB with the lunch break, Friday with the longer one for prayer. */
export const DEFAULT_OFFICE_HOURS: OfficeHours = {
  zone: 'Asia/Jakarta',
  periods: {
    1: MONDAY_TO_THURSDAY,
    2: MONDAY_TO_THURSDAY,
    3: MONDAY_TO_THURSDAY,
    4: MONDAY_TO_THURSDAY,
    5: FRIDAY,
    6: [],
    7: [],
  },
};

/**
 * Checks the hours and turns them into minutes.
 * @throws DomainError invalid-input naming the field; calendar-without-open-day when no weekday opens.
 */
export function parseOfficeHours(hours: OfficeHours): ReadonlyMap<number, readonly MinutePeriod[]> {
  if (!IANAZone.isValidZone(hours.zone))
    throw new DomainError('invalid-input', { field: 'zone', value: hours.zone });
  const week = new Map(WEEKDAYS.map((weekday) => [weekday, parseDay(weekday, hours.periods[weekday])]));
  if ([...week.values()].every((periods) => periods.length === 0))
    throw new DomainError('calendar-without-open-day');
  return week;
}

function parseDay(weekday: IsoWeekday, periods: readonly OpeningPeriod[]): readonly MinutePeriod[] {
  const parsed = periods.map(({ from, to }) => ({ from: parseTime(from), to: parseTime(to) }));
  let previousEnd = -1;
  for (const { from, to } of parsed) {
    // `from` must lie after the previous end: touching periods are one period, overlapping ones would count twice.
    if (!(from > previousEnd && to > from))
      throw new DomainError('invalid-input', { field: `periods.${weekday}` });
    previousEnd = to;
  }
  return parsed;
}

function parseTime(text: string): number {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  const hour = Number(match?.[1]);
  const minute = Number(match?.[2]);
  const minutes = hour * 60 + minute;
  if (!match || minute > 59 || minutes > 24 * 60)
    throw new DomainError('invalid-input', { field: 'time', value: text });
  return minutes;
}
