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
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { addUnits, countUnits, truncateDate, unitOf, weekStart } from '../dates/date-steps.js';
import { formatDate, sundayWeek } from '../dates/format-date.js';
import { parseDate, parseDateByFormat } from '../dates/parse-date.js';
import { inZone, momentOf, zoneOf } from '../dates/time-zone.js';
import { named, namedParts, type NamedValues } from './arguments.js';
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
    {
      required: ['date'],
      optional: ['format', 'timezone', 'onNull'],
      codes: { notObject: 18629, unknown: 18534, missing: 18628 },
    },
    dateToString,
  ),
  $dateFromString: dateFromString,
  $dateToParts: named(
    {
      required: ['date'],
      optional: ['timezone', 'iso8601'],
      codes: { notObject: 40524, unknown: 40520, missing: 40522 },
    },
    dateToParts,
  ),
  $dateFromParts: named(
    {
      required: ['year'],
      optional: ['month', 'day', 'hour', 'minute', 'second', 'millisecond', 'timezone'],
      codes: { notObject: 40519, unknown: 40518, missing: 40516 },
    },
    dateFromParts,
  ),
  $dateAdd: shifter(1),
  $dateSubtract: shifter(-1),
  $dateDiff: named(
    {
      required: ['startDate', 'endDate', 'unit'],
      optional: ['timezone', 'startOfWeek'],
      codes: { notObject: 5166301, unknown: 5166302, missing: 5166303 },
    },
    dateDiff,
  ),
  $dateTrunc: named(
    {
      required: ['date', 'unit'],
      optional: ['binSize', 'timezone', 'startOfWeek'],
      codes: { notObject: 5439007, unknown: 5439008, missing: 5439009 },
    },
    dateTrunc,
  ),
};

function dateOf(value: Maybe): Date {
  if (value instanceof Date) return value;
  if (isObjectId(value)) return value.getTimestamp();
  if (isTimestamp(value)) return new Date(value.t * 1000);
  throw new MongoError(16006, `can't convert from BSON type ${typeName(value)} to Date`);
}

function part(read: (time: DateTime) => Value): OperatorCompiler {
  return (argument, compile, name) => {
    const [dateSpec, zoneSpec] = partArguments(argument, name);
    const date = compile(dateSpec);
    const timezone = zoneSpec === undefined ? undefined : compile(zoneSpec);
    return (evaluation) => {
      const value = date(evaluation);
      const zone = timezone?.(evaluation);
      if (isNullish(value) || (timezone && isNullish(zone))) return null;
      return read(inZone(dateOf(value), zoneOf(zone)));
    };
  };
}

function partArguments(argument: Value, name: string): [Value, Value | undefined] {
  if (isDoc(argument) && !argument.keys().next().value?.startsWith('$')) {
    const shape = {
      required: ['date'],
      optional: ['timezone'],
      codes: { notObject: 40535, unknown: 40535, missing: 40539 },
    };
    const parts = new Map(namedParts(shape, argument, name));
    return [parts.get('date') ?? null, parts.get('timezone')];
  }
  if (!Array.isArray(argument)) return [argument, undefined];
  const [only] = argument;
  if (argument.length !== 1 || only === undefined) {
    throw new MongoError(
      40536,
      `${name} accepts exactly one argument if given an array, but was given ${argument.length}`,
    );
  }
  return [only, undefined];
}

function dateToString({ date, format, timezone, onNull }: NamedValues, given: ReadonlySet<string>): Maybe {
  if (isNullish(date)) return given.has('onNull') ? onNull : null;
  if ((given.has('timezone') && isNullish(timezone)) || (given.has('format') && isNullish(format)))
    return null;
  if (format !== undefined && typeof format !== 'string')
    throw new MongoError(
      18533,
      `$dateToString requires that 'format' be a string, found: ${typeName(format)}`,
    );
  const utc = timezone === undefined || timezone === 'UTC' || timezone === 'GMT';
  return formatDate(
    inZone(dateOf(date), zoneOf(timezone)),
    format ?? `%Y-%m-%dT%H:%M:%S.%L${utc ? 'Z' : ''}`,
  );
}

function dateFromString(argument: Value, compile: Compile): Expression {
  const shape = {
    required: ['dateString'],
    optional: ['format', 'timezone', 'onError', 'onNull'],
    codes: { notObject: 40540, unknown: 40541, missing: 40542 },
  };
  const parts = new Map(
    namedParts(shape, argument, '$dateFromString').map(([name, spec]) => [name, compile(spec)]),
  );
  const onError = parts.get('onError');
  return (evaluation) => {
    const value = (name: string): Maybe => parts.get(name)?.(evaluation);
    const text = value('dateString');
    const [format, timezone] = [value('format'), value('timezone')];
    if (isNullish(text)) return parts.has('onNull') ? value('onNull') : null;
    if ((parts.has('timezone') && isNullish(timezone)) || (parts.has('format') && isNullish(format)))
      return null;
    if (format !== undefined && typeof format !== 'string')
      throw new MongoError(
        40684,
        `$dateFromString requires that 'format' be a string, found: ${typeName(format)}`,
      );
    try {
      if (typeof text !== 'string')
        throw new MongoError(
          241,
          `$dateFromString requires that 'dateString' be a string, found: ${typeName(text)}`,
        );
      return format === undefined ? parseDate(text, timezone) : parseDateByFormat(text, format, timezone);
    } catch (error) {
      if (onError && error instanceof MongoError && error.code === 241 && !error.refused)
        return onError(evaluation);
      throw error;
    }
  };
}

function dateToParts({ date, timezone, iso8601 }: NamedValues, given: ReadonlySet<string>): Maybe {
  if (isNullish(date) || (given.has('timezone') && isNullish(timezone))) return null;
  if (given.has('iso8601') && isNullish(iso8601)) return null;
  if (given.has('iso8601') && typeof iso8601 !== 'boolean')
    throw new MongoError(40521, `iso8601 must evaluate to a bool, found ${typeName(iso8601)}`);
  const time = inZone(dateOf(date), zoneOf(timezone));
  const clock = {
    hour: int(time.hour),
    minute: int(time.minute),
    second: int(time.second),
    millisecond: int(time.millisecond),
  };
  if (isTrue(iso8601))
    return doc({
      isoWeekYear: int(time.weekYear),
      isoWeek: int(time.weekNumber),
      isoDayOfWeek: int(time.weekday),
      ...clock,
    });
  return doc({ year: int(time.year), month: int(time.month), day: int(time.day), ...clock });
}

function dateFromParts(values: NamedValues, given: ReadonlySet<string>): Maybe {
  const number = (name: string, fallback: number): number => {
    if (!given.has(name)) return fallback;
    const value = values[name];
    const whole = isNumeric(value) ? toNumber(value) : NaN;
    if (!Number.isInteger(whole))
      throw new MongoError(40515, `'${name}' must evaluate to an integer, found ${typeName(value)}`);
    return whole;
  };
  if ([...given].some((name) => isNullish(values[name]))) return null;
  const year = number('year', 1970);
  if (year < 1 || year > 9999)
    throw new MongoError(40523, `'year' must evaluate to an integer in the range 1 to 9999, found ${year}`);
  // Parts beyond their range carry over on the wall clock, as in the server.
  const clock = { hours: number('hour', 0), minutes: number('minute', 0), seconds: number('second', 0) };
  const time = DateTime.utc(year)
    .plus({ months: number('month', 1) - 1 })
    .plus({ days: number('day', 1) - 1, ...clock, milliseconds: number('millisecond', 0) });
  return momentOf(time.setZone(zoneOf(values.timezone), { keepLocalTime: true }));
}

function shifter(direction: 1 | -1): OperatorCompiler {
  const shape = {
    required: ['startDate', 'unit', 'amount'],
    optional: ['timezone'],
    codes: { notObject: 5166400, unknown: 5166401, missing: 5166402 },
  };
  return named(shape, ({ startDate, unit, amount, timezone }, given, name) => {
    if (
      isNullish(startDate) ||
      isNullish(unit) ||
      isNullish(amount) ||
      (given.has('timezone') && isNullish(timezone))
    )
      return null;
    const count = isNumeric(amount) ? toNumber(amount) : NaN;
    if (!Number.isInteger(count))
      throw new MongoError(5166405, `${name} expects integer amount of time units`);
    return addUnits(dateOf(startDate), unitOf(unit), count * direction, zoneOf(timezone));
  });
}

function dateDiff(
  { startDate, endDate, unit, timezone, startOfWeek }: NamedValues,
  given: ReadonlySet<string>,
): Maybe {
  if (isNullish(startDate) || isNullish(endDate) || isNullish(unit)) return null;
  if (given.has('timezone') && isNullish(timezone)) return null;
  if (given.has('startOfWeek') && isNullish(startOfWeek) && unit === 'week') return null;
  return countUnits(
    dateOf(startDate),
    dateOf(endDate),
    unitOf(unit),
    zoneOf(timezone),
    unit === 'week' ? weekStart(startOfWeek) : 7,
  );
}

function dateTrunc(
  { date, unit, binSize, timezone, startOfWeek }: NamedValues,
  given: ReadonlySet<string>,
): Maybe {
  if (isNullish(date) || isNullish(unit)) return null;
  if ((given.has('timezone') && isNullish(timezone)) || (given.has('binSize') && isNullish(binSize)))
    return null;
  if (given.has('startOfWeek') && isNullish(startOfWeek) && unit === 'week') return null;
  const size = binSize === undefined ? 1 : isNumeric(binSize) ? toNumber(binSize) : NaN;
  if (!Number.isInteger(size) || size < 1)
    throw new MongoError(5439018, '$dateTrunc requires binSize to be a positive integer');
  if (dateOf(date).getTime() < -2208988800000) throw refusal('$dateTrunc of a date before 1900', 168);
  return truncateDate(
    dateOf(date),
    unitOf(unit),
    size,
    zoneOf(timezone),
    unit === 'week' ? weekStart(startOfWeek) : 7,
  );
}
