import { DateTime } from 'luxon';
import { int, toNumber } from '../../bson/number.js';
import { isTrue } from '../../bson/compare.js';
import {
  doc,
  isDoc,
  isNullish,
  isNumeric,
  isObjectId,
  isTimestamp,
  type Maybe,
  type Value,
} from '../../bson/value.js';
import { refusal } from '../../mongo-error.js';
import { addUnits, countUnits, truncateDate, type Unit, unitOf, weekStart } from '../dates/date-steps.js';
import { formatDate, sundayWeek } from '../dates/format-date.js';
import { parseDate } from '../dates/parse-date.js';
import { inZone, momentOf, zoneOf } from '../dates/time-zone.js';
import { isLacking, named, namedParts, type Names, type NamedValues, positional } from './arguments.js';
import { isConversionFailure } from './conversions.js';
import { Need } from './need.js';
import type { Compile, Expression, OperatorCompiler, Operators } from './types.js';

export const dates: Operators = {
  $year: part((time) => int(time.year)),
  $month: part((time) => int(time.month)),
  $dayOfMonth: part((time) => int(time.day)),
  $hour: part((time) => int(time.hour)),
  $minute: part((time) => int(time.minute)),
  $second: part((time) => int(time.second)),
  $millisecond: part((time) => int(time.millisecond)),
  $dayOfYear: part((time) => int(time.ordinal)),
  $dayOfWeek: part((time) => int((time.weekday % 7) + 1)),
  $isoDayOfWeek: part((time) => int(time.weekday)),
  $week: part((time) => int(sundayWeek(time))),
  $isoWeek: part((time) => int(time.weekNumber)),
  $isoWeekYear: part((time) => BigInt(time.weekYear)),
  $dateToString: named(
    { required: ['date'], optional: ['format', 'timezone', 'onNull'], codes: [18629, 18534, 18628] },
    dateToString,
  ),
  $dateFromString: dateFromString,
  $dateToParts: named(
    { required: ['date'], optional: ['timezone', 'iso8601'], codes: [40524, 40520, 40522] },
    dateToParts,
  ),
  $dateFromParts: named(
    {
      required: ['year'],
      optional: ['month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone'],
      codes: [40519, 40518, 40516],
    },
    dateFromParts,
  ),
  $dateAdd: shifter(1),
  $dateSubtract: shifter(-1),
  $dateDiff: named(
    {
      required: ['startDate', 'endDate', 'unit'],
      optional: ['timezone', 'startOfWeek'],
      codes: [5166301, 5166302, 5166303],
    },
    dateDiff,
  ),
  $dateTrunc: named(
    {
      required: ['date', 'unit'],
      optional: ['binSize', 'timezone', 'startOfWeek'],
      codes: [5439007, 5439008, 5439009],
    },
    dateTrunc,
  ),
};

function dateOf(value: Maybe, need: Need, code = 16006): Date {
  if (value instanceof Date) return value;
  if (isObjectId(value)) return value.getTimestamp();
  if (isTimestamp(value)) return new Date(value.t * 1000);
  throw need.wrong(code, 'a date', value);
}

/** One part of a date, given bare or with a time zone. */
function part(read: (time: DateTime) => Value): OperatorCompiler {
  const apply = (values: NamedValues, need: Need): Maybe => {
    if (isNullish(values.date)) return null;
    const date = dateOf(values.date, need);
    return isLacking(values, 'timezone') ? null : read(inZone(date, zoneOf(values.timezone)));
  };
  const bare = positional(1, 1, ([date], need) => apply({ date }, need));
  const zoned = named({ required: ['date'], optional: ['timezone'], codes: [40535, 40535, 40539] }, apply);
  return (argument, compile, name) => {
    if (Array.isArray(argument) && argument.length !== 1)
      throw new Need(name).error(40536, `one argument is needed, not ${argument.length}`);
    const isNamed = isDoc(argument) && !argument.keys().next().value?.startsWith('$');
    return (isNamed ? zoned : bare)(argument, compile, name);
  };
}

function dateToString(values: NamedValues, need: Need): Maybe {
  const { date, format, timezone, onNull } = values;
  const written = isNullish(format) ? undefined : need.text(format, 18533);
  const zone = zoneOf(timezone);
  if (isNullish(date)) return 'onNull' in values ? onNull : null;
  if (isLacking(values, 'timezone', 'format')) return null;
  const utc = timezone === undefined || timezone === 'UTC' || timezone === 'GMT';
  return formatDate(inZone(dateOf(date, need), zone), written ?? `%Y-%m-%dT%H:%M:%S.%L${utc ? 'Z' : ''}`);
}

function dateFromString(argument: Value, compile: Compile, name: string): Expression {
  const names: Names = {
    required: ['dateString'],
    optional: ['format', 'timezone', 'onError', 'onNull'],
    codes: [40540, 40541, 40542],
  };
  const need = new Need(name);
  const parts = namedParts(names, argument, name);
  if (parts.has('format')) throw need.refused('with a format of its own');
  const text = compile(parts.get('dateString') ?? null);
  const timezone = parts.has('timezone') ? compile(parts.get('timezone') ?? null) : undefined;
  const onNull = compile(parts.get('onNull') ?? null);
  const onError = parts.has('onError') ? compile(parts.get('onError') ?? null) : undefined;
  return (...given) => {
    const [value, zone] = [text(...given), timezone?.(...given)];
    zoneOf(zone);
    if (isNullish(value)) return onNull(...given);
    try {
      const written = need.text(value, 241);
      return timezone && isNullish(zone) ? null : parseDate(written, zone);
    } catch (error) {
      if (onError && isConversionFailure(error)) return onError(...given);
      throw error;
    }
  };
}

function dateToParts(values: NamedValues, need: Need): Maybe {
  const { date, timezone, iso8601 } = values;
  if (isLacking(values, 'timezone')) return null;
  const zone = zoneOf(timezone);
  if (!isNullish(iso8601) && typeof iso8601 !== 'boolean') throw need.wrong(40521, 'a boolean', iso8601);
  if (isLacking(values, 'date', 'iso8601')) return null;
  const time = inZone(dateOf(date, need), zone);
  const { hour, minute, second, millisecond } = time;
  const day = isTrue(iso8601)
    ? { isoWeekYear: time.weekYear, isoWeek: time.weekNumber, isoDayOfWeek: time.weekday }
    : { year: time.year, month: time.month, day: time.day };
  const all = Object.entries({ ...day, hour, minute, second, millisecond });
  return doc(Object.fromEntries(all.map(([name, value]) => [name, int(value)])));
}

/** The parts in the order in which they are looked at, and what they are when not given. */
const PARTS = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, millisecond: 0 };

function dateFromParts(values: NamedValues, need: Need): Maybe {
  if (isLacking(values, 'timezone')) return null;
  const parts = { ...PARTS };
  for (const name of Object.keys(PARTS) as (keyof typeof PARTS)[]) {
    if (isLacking(values, name)) return null;
    const value = values[name];
    if (value === undefined) continue;
    parts[name] = isNumeric(value) ? toNumber(value) : NaN;
    if (!Number.isInteger(parts[name])) throw need.wrong(40515, `a whole number as '${name}'`, value);
  }
  const { year, month, day, hour, minute, second, millisecond } = parts;
  if (year < 1 || year > 9999) throw need.error(40523, `'year' must lie between 1 and 9999, not ${year}`);
  // Parts beyond their range carry over on the wall clock, as in the server.
  const time = DateTime.utc(year)
    .plus({ months: month - 1 })
    .plus({ days: day - 1, hours: hour, minutes: minute, seconds: second, milliseconds: millisecond });
  return momentOf(time.setZone(zoneOf(values.timezone), { keepLocalTime: true }));
}

function shifter(direction: 1 | -1): OperatorCompiler {
  const names: Names = {
    required: ['startDate', 'unit', 'amount'],
    optional: ['timezone'],
    codes: [5166400, 5166401, 5166402],
  };
  return named(names, (values, need) => {
    const { startDate, amount } = values;
    const unit = unitIn(values);
    if (isLacking(values, 'startDate', 'amount') || !unit || isLacking(values, 'timezone')) return null;
    const date = dateOf(startDate, need, 5166403);
    const count = isNumeric(amount) ? toNumber(amount) : NaN;
    if (!Number.isInteger(count)) throw need.wrong(5166405, 'a whole number as amount', amount);
    return addUnits(date, unit, count * direction, zoneOf(values.timezone));
  });
}

/** The unit; undefined when it or the date is null or missing, which comes before a unit of the wrong type. */
function unitIn(values: NamedValues): Unit | undefined {
  if (isLacking(values, 'unit')) return undefined;
  if (typeof values.unit !== 'string' && isLacking(values, 'date', 'startDate', 'endDate', 'amount'))
    return undefined;
  return unitOf(values.unit);
}

function dateDiff(values: NamedValues, need: Need): Maybe {
  const unit = unitIn(values);
  if (!unit || isLacking(values, 'startDate', 'endDate', 'timezone') || lacksWeekStart(values)) return null;
  const [start, end] = [dateOf(values.startDate, need, 5166307), dateOf(values.endDate, need, 5166307)];
  return countUnits(start, end, unit, zoneOf(values.timezone), firstDay(values));
}

function dateTrunc(values: NamedValues, need: Need): Maybe {
  const { binSize } = values;
  const unit = unitIn(values);
  if (!unit || isLacking(values, 'date', 'binSize')) return null;
  if (binSize !== undefined && !isNumeric(binSize)) throw need.wrong(5439017, 'a number as binSize', binSize);
  const size = binSize === undefined ? 1 : toNumber(binSize);
  if (!Number.isInteger(size) || size < 1)
    throw need.error(5439018, 'a positive whole number is needed as binSize');
  if (isLacking(values, 'timezone') || lacksWeekStart(values)) return null;
  const start = dateOf(values.date, need, 5166307);
  if (start.getTime() < -2208988800000) throw refusal('$dateTrunc of a date before 1900', 168);
  return truncateDate(start, unit, size, zoneOf(values.timezone), firstDay(values));
}

/** The first day of the week is read for weeks only. */
const lacksWeekStart = (values: NamedValues): boolean =>
  values.unit === 'week' && isLacking(values, 'startOfWeek');
const firstDay = ({ unit, startOfWeek }: NamedValues): number =>
  weekStart(unit === 'week' ? startOfWeek : undefined);
