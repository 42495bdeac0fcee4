import { show } from '../../bson/show.js';
import { DateTime, type Zone } from 'luxon';
import type { Maybe } from '../../bson/value.js';
import { typeName } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { inZone } from './time-zone.js';

const UNITS = ['year', 'quarter', 'month', 'week', 'day', 'hour', 'minute', 'second', 'millisecond'] as const;
export type Unit = (typeof UNITS)[number];

const MILLISECONDS: Partial<Record<Unit, number>> = {
  millisecond: 1,
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
};
const DAY = 86_400_000;
const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

export function unitOf(value: Maybe): Unit {
  if (typeof value !== 'string')
    throw new MongoError(5439013, `unit must be a string, found ${typeName(value)}`);
  const unit = UNITS.find((name) => name === value);
  if (!unit) throw refusal(`the time unit ${value}`, 9);
  return unit;
}

/** First day of the week as luxon numbers it (Monday 1 to Sunday 7); Sunday when none is given. */
export function weekStart(value: Maybe): number {
  if (value === undefined) return 7;
  const name = typeof value === 'string' ? value.toLowerCase() : '';
  const index = WEEKDAYS.findIndex((day) => day === name || day.slice(0, 3) === name);
  if (index < 0) throw new MongoError(9, `unknown day of week value: ${show(value)}`);
  return index + 1;
}

/** Adds units: hours and smaller as elapsed time, days and larger on the wall clock of the zone. */
export function addUnits(date: Date, unit: Unit, amount: number, zone: Zone): Date {
  const elapsed = MILLISECONDS[unit];
  const moved =
    elapsed === undefined
      ? inZone(date, zone)
          .plus({ [`${unit}s`]: amount })
          .toJSDate()
      : new Date(date.getTime() + elapsed * amount);
  if (Number.isNaN(moved.getTime())) throw new MongoError(5166406, 'date overflow');
  return moved;
}

/** Wall clock time as if it were UTC: differences of it count calendar units. */
const wallMillis = (date: Date, zone: Zone): number => date.getTime() + zone.offset(date.getTime()) * 60_000;

/** Number of unit boundaries crossed between two moments. */
export function countUnits(start: Date, end: Date, unit: Unit, zone: Zone, firstDay: number): bigint {
  const elapsed = MILLISECONDS[unit];
  if (elapsed !== undefined && unit !== 'millisecond') return BigInt(boundaries(start, zone, elapsed, end));
  if (unit === 'millisecond') return BigInt(end.getTime() - start.getTime());
  return BigInt(unitIndex(end, unit, zone, firstDay) - unitIndex(start, unit, zone, firstDay));
}

/** Hours and smaller are counted as elapsed time, with the offset at the start. */
function boundaries(start: Date, zone: Zone, size: number, end: Date): number {
  const offset = zone.offset(start.getTime()) * 60_000;
  return Math.floor((end.getTime() + offset) / size) - Math.floor((start.getTime() + offset) / size);
}

function unitIndex(date: Date, unit: Unit, zone: Zone, firstDay: number): number {
  const time = inZone(date, zone);
  switch (unit) {
    case 'year':
      return time.year;
    case 'quarter':
      return time.year * 4 + time.quarter;
    case 'month':
      return time.year * 12 + time.month;
    case 'week':
      // 1970-01-01 was a Thursday (4).
      return Math.floor((Math.floor(wallMillis(date, zone) / DAY) + 4 - firstDay) / 7);
    default:
      return Math.floor(wallMillis(date, zone) / DAY);
  }
}

/** The start of the bin of `size` units that holds the date, counted from 2000-01-01 in the zone. */
export function truncateDate(date: Date, unit: Unit, size: number, zone: Zone, firstDay: number): Date {
  const origin = DateTime.fromObject({ year: 2000, month: 1, day: 1 }, { zone });
  const elapsed = MILLISECONDS[unit];
  if (elapsed !== undefined) {
    const width = elapsed * size;
    return new Date(origin.toMillis() + Math.floor((date.getTime() - origin.toMillis()) / width) * width);
  }
  const time = inZone(date, zone);
  if (unit === 'day' || unit === 'week') {
    const days = unit === 'week' ? 7 * size : size;
    const first = unit === 'week' ? origin.plus({ days: (firstDay - origin.weekday + 7) % 7 }) : origin;
    const passed = Math.floor((wallMillis(date, zone) - wallMillis(first.toJSDate(), zone)) / DAY);
    return first.plus({ days: Math.floor(passed / days) * days }).toJSDate();
  }
  const months = size * (unit === 'year' ? 12 : unit === 'quarter' ? 3 : 1);
  const passed = (time.year - 2000) * 12 + time.month - 1;
  return origin.plus({ months: Math.floor(passed / months) * months }).toJSDate();
}
