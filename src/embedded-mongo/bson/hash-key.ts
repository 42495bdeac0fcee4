import type { Decimal128 } from 'bson';
import { exactDecimal, powerOfTen } from './decimal.js';
import { compareNumbers, toNumber } from './number.js';
import {
  binaryBytes,
  type Doc,
  isInt32,
  isNumeric,
  type Maybe,
  type Numeric,
  typeName,
  type Value,
} from './value.js';

/** A string that two values share exactly when they are equal: the key of groups and sets. */
export function hashKey(value: Maybe): string {
  if (value === undefined) return 'u';
  if (isNumeric(value)) return `d${hashNumber(value)}`;
  if (value instanceof Map) return hashDocument(value);
  if (Array.isArray(value)) return `[${value.map(hashKey).join()}]`;
  return `${typeName(value)}:${hashScalar(value)}`;
}

function hashDocument(document: Doc): string {
  let out = '{';
  for (const [name, value] of document) out += `${JSON.stringify(name)}${hashKey(value)},`;
  return `${out}}`;
}

function hashScalar(value: Exclude<Value, Numeric | Doc | Value[]>): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'boolean' || value === null) return String(value);
  if (value instanceof Date) return String(value.getTime());
  switch (value._bsontype) {
    case 'ObjectId':
      return value.toHexString();
    case 'Binary':
      return `${value.sub_type}:${Buffer.from(binaryBytes(value)).toString('base64')}`;
    case 'Timestamp':
      return `${value.t}:${value.i}`;
    case 'BSONRegExp':
      return JSON.stringify([value.pattern, value.options]);
    case 'MinKey':
    case 'MaxKey':
      return '';
  }
}

function hashNumber(value: Numeric): string {
  if (typeof value === 'bigint') return String(value);
  if (isInt32(value)) return String(value.value);
  return typeof value === 'number' ? hashDouble(value) : hashDecimal(value);
}

function hashDecimal(value: Decimal128): string {
  const nearest = toNumber(value);
  if (compareNumbers(value, nearest) === 0) return hashDouble(nearest);
  let { coefficient, exponent } = exactDecimal(value);
  for (; coefficient % 10n === 0n; exponent += 1) coefficient /= 10n;
  return exponent < 0 ? `${coefficient}E${exponent}` : String(coefficient * powerOfTen(exponent));
}

const hashDouble = (value: number): string =>
  Number.isInteger(value) ? String(BigInt(value)) : String(value);
