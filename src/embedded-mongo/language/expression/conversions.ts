import { Int32, ObjectId } from 'bson';
import { isTrue } from '../../bson/compare.js';
import { INT64_MAX, INT64_MIN, toBigInt, toNumber } from '../../bson/number.js';
import {
  isDecimal,
  isDoc,
  isInt32,
  isNullish,
  isNumeric,
  isObjectId,
  type Maybe,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { parseDate } from '../dates/parse-date.js';
import { namedParts, positional } from './arguments.js';
import { numberText } from './strings.js';
import type { Compile, Expression, OperatorCompiler, Operators } from './types.js';

const failed = (problem: string): MongoError => new MongoError(241, `conversion failed: ${problem}`);

/** By MongoDB's name of the type and its number. */
const CONVERTERS: Record<string, (value: Value) => Value> = {
  double: toDouble,
  string: toText,
  objectId: toObjectId,
  bool: (value) => (isNumeric(value) ? isTrue(value) : value !== false),
  date: toDate,
  int: (value) => new Int32(Number(wholeWithin(value, 'int', -2147483648n, 2147483647n))),
  long: (value) =>
    value instanceof Date ? BigInt(value.getTime()) : wholeWithin(value, 'long', INT64_MIN, INT64_MAX),
};
const TYPE_CODES: Record<number, string> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
};
const CONVERTIBLE = ['bool', 'int', 'long', 'double', 'string', 'date', 'objectId', 'object', 'array'];

const converted = (to: string): OperatorCompiler =>
  positional(1, 1, ([value]) => (isNullish(value) ? null : convertValue(value, to)));

export const conversions: Operators = {
  $toString: converted('string'),
  $toBool: converted('bool'),
  $toInt: converted('int'),
  $toLong: converted('long'),
  $toDouble: converted('double'),
  $toDate: converted('date'),
  $toObjectId: converted('objectId'),
  $convert: convert,
};

function convertValue(value: Value, to: string): Value {
  const converter = CONVERTERS[to];
  if (!converter || !CONVERTIBLE.includes(typeName(value)))
    throw refusal(`conversion from ${typeName(value)} to ${to}`, 168);
  return converter(value);
}

function convert(argument: Value, compile: Compile): Expression {
  const names = { required: ['input', 'to'], optional: ['onError', 'onNull'], codes: [9, 9, 9] } as const;
  if (isDoc(argument) && ['format', 'byteOrder', 'base'].some((name) => argument.has(name)))
    throw refusal('$convert with format, base or byteOrder', 168);
  const parts = new Map(
    [...namedParts(names, argument, '$convert')].map(([name, spec]) => [name, compile(spec)]),
  );
  const onError = parts.get('onError');
  return (...given) => {
    const to = parts.get('to')?.(...given);
    const value = parts.get('input')?.(...given);
    const target = isNullish(to) ? undefined : targetType(to);
    if (isNullish(value)) return parts.has('onNull') ? parts.get('onNull')?.(...given) : null;
    if (target === undefined) return null;
    try {
      return convertValue(value, target);
    } catch (error) {
      if (onError && isConversionFailure(error)) return onError(...given);
      throw error;
    }
  };
}

/** An error that `onError` replaces. */
export const isConversionFailure = (error: unknown): boolean =>
  error instanceof MongoError && error.code === 241 && !error.refused;

function targetType(to: Value): string {
  if (isDoc(to)) throw refusal('$convert with a subtype', 168);
  if (!isNumeric(to) && typeof to !== 'string')
    throw new MongoError(9, "$convert: 'to' must be a string or a number");
  const name = typeof to === 'string' ? to : (TYPE_CODES[toNumber(to)] ?? '');
  if (!Object.hasOwn(CONVERTERS, name)) throw refusal('$convert to that type', 2);
  return name;
}

const unsupported = (value: Maybe, to: string): MongoError =>
  failed(`${typeName(value)} cannot become ${to}`);

function toText(value: Value): Value {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (isNumeric(value)) return numberText(value);
  if (value instanceof Date) return value.toISOString();
  if (isObjectId(value)) return value.toHexString();
  throw refusal(`conversion from ${typeName(value)} to string`, 168);
}

function wholeWithin(value: Value, to: string, least: bigint, most: bigint): bigint {
  const number = toWhole(value, to);
  if (number > most || number < least) throw failed(`it would overflow ${to}`);
  return number;
}

function toWhole(value: Value, to: string): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (isNumeric(value) && !isDecimal(value)) {
    if (!Number.isFinite(toNumber(value))) throw failed(`${toNumber(value)} is not a whole number`);
    return toBigInt(value);
  }
  if (typeof value !== 'string') throw unsupported(value, to);
  if (!/^[+-]?\d+$/.test(value)) throw failed(`'${value}' is not a whole number`);
  return BigInt(value.replace('+', ''));
}

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  if (isNumeric(value)) return toNumber(value);
  if (typeof value !== 'string') throw unsupported(value, 'double');
  if (/^[+-]?(?:inf|infinity|nan)$/i.test(value)) throw refusal(`conversion of '${value}' to a number`, 168);
  const number = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN;
  if (!Number.isFinite(number)) throw failed(`'${value}' is not a number`);
  return number;
}

function toDate(value: Value): Value {
  if (value instanceof Date) return value;
  if (isObjectId(value)) return value.getTimestamp();
  if (typeof value === 'string') return parseDate(value);
  if (!isNumeric(value) || isInt32(value)) throw unsupported(value, 'date');
  const date = new Date(Number(toWhole(value, 'date')));
  if (Number.isNaN(date.getTime())) throw refusal('a date beyond the years -271821 to 275760', 241);
  return date;
}

function toObjectId(value: Value): Value {
  if (isObjectId(value)) return value;
  if (typeof value !== 'string') throw unsupported(value, 'objectId');
  if (!/^[0-9a-f]{24}$/i.test(value)) throw failed(`'${value}' is not an ObjectId`);
  return new ObjectId(value);
}
