import { Decimal128, Int32, ObjectId } from 'bson';
import { isTrue } from '../../bson/compare.js';
import { powerOfTen, putTogether, takeApart } from '../../bson/decimal.js';
import { INT64_MAX, INT64_MIN, toBigInt, toDecimal, toNumber } from '../../bson/number.js';
import {
  isBinary,
  isDecimal,
  isDoc,
  isNullish,
  isNumeric,
  isObjectId,
  isTimestamp,
  type Maybe,
  type Numeric,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { parseDate } from '../dates/parse-date.js';
import { namedParts, unary } from './arguments.js';
import { numberText } from './strings.js';
import type { Compile, Expression, OperatorCompiler, Operators } from './types.js';

type Converter = (value: Value) => Value;

const failed = (message: string): MongoError =>
  new MongoError(241, `${message} in $convert with no onError value`);
const unsupported = (value: Value, to: string): MongoError =>
  failed(`Unsupported conversion from ${typeName(value)} to ${to}`);

const CONVERTERS: Record<string, Converter> = {
  string: toText,
  bool: (value) => (typeof value === 'boolean' ? value : isNumeric(value) ? isTrue(value) : true),
  int: (value) => {
    const number = toWhole(value, 'int');
    if (number > 2147483647n || number < -2147483648n) throw failed('Conversion would overflow target type');
    return new Int32(Number(number));
  },
  long: (value) => {
    const number = value instanceof Date ? BigInt(value.getTime()) : toWhole(value, 'long');
    if (number > INT64_MAX || number < INT64_MIN) throw failed('Conversion would overflow target type');
    return number;
  },
  double: toDouble,
  decimal: toDecimalValue,
  date: toDate,
  objectId: toObjectId,
};

const TYPE_CODES: Record<number, string> = {
  1: 'double',
  2: 'string',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  16: 'int',
  18: 'long',
  19: 'decimal',
};

const converted = (to: string): OperatorCompiler =>
  unary((value, name) => {
    if (isNullish(value)) return null;
    if (isBinary(value) || (isTimestamp(value) && to !== 'date'))
      throw refusal(`${name} of ${typeName(value)}`, 168);
    return CONVERTERS[to]?.(value);
  });

export const conversions: Operators = {
  $toString: converted('string'),
  $toBool: converted('bool'),
  $toInt: converted('int'),
  $toLong: converted('long'),
  $toDouble: converted('double'),
  $toDecimal: converted('decimal'),
  $toDate: converted('date'),
  $toObjectId: converted('objectId'),
  $convert: convert,
};

function convert(argument: Value, compile: Compile): Expression {
  const shape = {
    required: ['input', 'to'],
    optional: ['onError', 'onNull'],
    codes: { notObject: 9, unknown: 9, missing: 9 },
  };
  if (isDoc(argument) && (argument.has('format') || argument.has('byteOrder') || argument.has('base'))) {
    throw refusal('$convert with format, base or byteOrder', 168);
  }
  const parts = new Map(namedParts(shape, argument, '$convert').map(([name, spec]) => [name, compile(spec)]));
  const onError = parts.get('onError');
  return (evaluation) => {
    const to = parts.get('to')?.(evaluation);
    const value = parts.get('input')?.(evaluation);
    if (isNullish(value)) return parts.has('onNull') ? parts.get('onNull')?.(evaluation) : null;
    if (isNullish(to)) return null;
    if (isBinary(value) || isTimestamp(value)) throw refusal(`$convert from ${typeName(value)}`, 168);
    const converter = converterOf(to);
    try {
      return converter(value);
    } catch (error) {
      if (onError && error instanceof MongoError && error.code === 241 && !error.refused)
        return onError(evaluation);
      throw error;
    }
  };
}

function converterOf(to: Value): Converter {
  if (isDoc(to)) throw refusal('$convert with a subtype', 168);
  if (!isNumeric(to) && typeof to !== 'string')
    throw new MongoError(9, "$convert's 'to' argument must be a string or number");
  const name = isNumeric(to) ? TYPE_CODES[toNumber(to)] : to;
  if (name === undefined || !Object.hasOwn(CONVERTERS, name)) throw refusal(`$convert to ${String(name)}`, 2);
  return CONVERTERS[name] ?? ((value) => value);
}

function toText(value: Value): Value {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (isNumeric(value)) return numberText(value);
  if (value instanceof Date) return value.toISOString();
  if (isObjectId(value)) return value.toHexString();
  throw refusal(`conversion from ${typeName(value)} to string`, 168);
}

function toWhole(value: Value, to: string): bigint {
  if (typeof value === 'boolean') return value ? 1n : 0n;
  if (isNumeric(value)) return wholePart(value);
  if (typeof value !== 'string') throw unsupported(value, to);
  if (!/^[+-]?\d+$/.test(value)) throw failed(`Failed to parse number '${value}'`);
  return BigInt(value.replace('+', ''));
}

function wholePart(value: Numeric): bigint {
  if (!Number.isFinite(toNumber(value)) && !isDecimal(value))
    throw failed(`Attempt to convert ${toNumber(value)} value to integer type`);
  if (!isDecimal(value)) return toBigInt(value);
  const parts = takeApart(value);
  if (parts.kind !== 'finite') throw failed('Attempt to convert NaN or Infinity value to integer type');
  if (parts.exponent > 40) throw failed('Conversion would overflow target type');
  return parts.exponent >= 0
    ? parts.coefficient * powerOfTen(parts.exponent)
    : parts.coefficient / powerOfTen(-parts.exponent);
}

function toDouble(value: Value): Value {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (value instanceof Date) return value.getTime();
  if (isDecimal(value)) return decimalToDouble(value);
  if (isNumeric(value)) return toNumber(value);
  if (typeof value !== 'string') throw unsupported(value, 'double');
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value)) {
    const number = Number(value);
    if (Number.isFinite(number)) return number;
    throw failed(`Failed to parse number '${value}' Out of range`);
  }
  if (/^[+-]?(?:inf|infinity|nan)$/i.test(value)) throw refusal(`conversion of '${value}' to a number`, 168);
  throw failed(`Failed to parse number '${value}'`);
}

function decimalToDouble(value: Decimal128): number {
  const number = toNumber(value);
  const parts = takeApart(value);
  if (!Number.isFinite(number) && parts.kind === 'finite')
    throw failed('Conversion would overflow target type');
  return number;
}

function toDecimalValue(value: Value): Value {
  if (typeof value === 'boolean') return Decimal128.fromString(value ? '1' : '0');
  if (value instanceof Date) return Decimal128.fromString(String(value.getTime()));
  if (isDecimal(value)) return value;
  if (isNumeric(value)) return putTogether(toDecimal(value));
  if (typeof value !== 'string') throw unsupported(value, 'decimal');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(value))
    throw failed(`Failed to parse number '${value}'`);
  return Decimal128.fromString(value);
}

function toDate(value: Value): Value {
  if (value instanceof Date) return value;
  if (isObjectId(value)) return value.getTimestamp();
  if (isTimestamp(value)) return new Date(value.t * 1000);
  if (typeof value === 'string') return parseDate(value);
  if (typeof value !== 'number' && typeof value !== 'bigint' && !isDecimal(value))
    throw unsupported(value, 'date');
  const date = new Date(Number(wholePart(value)));
  if (Number.isNaN(date.getTime())) throw refusal('a date beyond the years -271821 to 275760', 241);
  return date;
}

function toObjectId(value: Maybe): Value {
  if (isObjectId(value)) return value;
  if (typeof value !== 'string') throw unsupported(value ?? null, 'objectId');
  if (!/^[0-9a-f]{24}$/i.test(value)) throw failed(`Failed to parse objectId '${value}'`);
  return new ObjectId(value);
}
