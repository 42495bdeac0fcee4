import { compare, equal, isTrue, rank } from '../bson/compare.js';
import { hashKey } from '../bson/hash-key.js';
import { isNaNValue, toBigInt, toNumber } from '../bson/number.js';
import {
  type Doc,
  isArray,
  isNullish,
  isNumeric,
  isRegex,
  type Maybe,
  typeName,
  type Value,
} from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import { type Condition, not, onElements, onWhole, operatorOf, type ValueTest } from './match-conditions.js';
import { regexTest } from './regex.js';

/** Elements are tested as well, as the positional operator points to the first of an array that is there. */
const PRESENT = onElements((value) => value !== undefined);

/** Operators that test one value at a time, from their operand and, for $regex, the operators beside it. */
export const VALUE_TESTS: Readonly<Record<string, (operand: Value, siblings: Doc) => Condition>> = {
  $eq: (operand) => onElements(equalTo(operand)),
  $gt: (operand) => onElements(comparison(operand, false, (order) => order > 0)),
  $gte: (operand) => onElements(comparison(operand, true, (order) => order >= 0)),
  $lt: (operand) => onElements(comparison(operand, false, (order) => order < 0)),
  $lte: (operand) => onElements(comparison(operand, true, (order) => order <= 0)),
  $in: (operand) => onElements(oneOf(operand)),
  $exists: (operand) => (isTrue(operand) ? PRESENT : not([PRESENT])),
  $type: (operand) => onElements(ofType(operand)),
  $size: (operand) => onWhole(ofSize(operand)),
  $mod: (operand) => onElements(modulo(operand)),
  $regex: (operand, siblings) => onElements(patternTest(operand, siblings.get('$options'))),
};

export function equalTo(operand: Value): ValueTest {
  if (operand === null) return isNullish;
  return (value) => value !== undefined && equal(value, operand);
}

function comparison(operand: Value, orEqual: boolean, holds: (order: number) => boolean): ValueTest {
  if (isRegex(operand)) throw new MongoError(2, `Can't have RegEx as arg to predicate over field.`);
  if (operand === null) return orEqual ? isNullish : () => false;
  const type = typeName(operand);
  // MinKey and MaxKey are compared with values of every type, others with their own kind only.
  if (type === 'minKey' || type === 'maxKey') return (value) => holds(compare(value ?? null, operand));
  const wanted = rank(operand);
  const nan = isNumeric(operand) && isNaNValue(operand);
  return (value) => {
    if (value === undefined || rank(value) !== wanted) return false;
    if (isNumeric(value) && isNaNValue(value) !== nan) return false;
    return holds(compare(value, operand));
  };
}

function oneOf(operand: Value): ValueTest {
  if (!isArray(operand)) throw new MongoError(2, '$in needs an array');
  if (operand.some((member) => operatorOf(member) !== undefined))
    throw new MongoError(2, 'cannot nest $ under $in');
  const patterns = operand.filter(isRegex).map((pattern) => regexTest(pattern));
  const keys = new Set(operand.map(hashKey));
  const withNull = operand.includes(null);
  return (value) => {
    if (value === undefined) return withNull;
    return keys.has(hashKey(value)) || patterns.some((matches) => matches(value));
  };
}

const NUMBER_TYPES = ['int', 'long', 'double', 'decimal'];
/** By their numbers; documents of this store never hold the deprecated ones, which then match nothing. */
const TYPES = new Map<number, string>([
  [-1, 'minKey'],
  [127, 'maxKey'],
  ...`double string object array binData undefined objectId bool date null regex dbPointer javascript symbol
  javascriptWithScope int timestamp long decimal`
    .split(/\s+/)
    .map((name, i): [number, string] => [i + 1, name]),
]);

function ofType(operand: Value): ValueTest {
  const wanted = new Set((isArray(operand) ? operand : [operand]).flatMap(typeNames));
  if (wanted.size === 0) throw new MongoError(9, '$type must match at least one type');
  return (value) => value !== undefined && wanted.has(typeName(value));
}

function typeNames(type: Value): string[] {
  if (type === 'number') return NUMBER_TYPES;
  if (typeof type === 'string') {
    if ([...TYPES.values()].includes(type)) return [type];
    throw new MongoError(2, `Unknown type name alias: ${type}`);
  }
  if (!isNumeric(type)) throw new MongoError(14, 'type must be represented as a number or a string');
  const name = TYPES.get(toNumber(type));
  if (name === undefined) throw new MongoError(2, `Invalid numerical type code: ${toNumber(type)}`);
  return [name];
}

function ofSize(operand: Value): ValueTest {
  const size = isNumeric(operand) ? toNumber(operand) : NaN;
  if (!Number.isInteger(size) || size < 0)
    throw new MongoError(9, '$size needs a whole number of at least 0');
  return (value) => isArray(value) && value.length === size;
}

const fitsInt64 = (number: number): boolean => number >= -(2 ** 63) && number < 2 ** 63;

function modulo(operand: Value): ValueTest {
  if (!isArray(operand) || operand.length !== 2) throw new MongoError(2, 'malformed mod, not two elements');
  const [divisor, rest] = operand.map((part) => {
    if (!isNumeric(part) || !fitsInt64(toNumber(part)))
      throw new MongoError(2, 'malformed mod, divisor or remainder is not a number of 64 bits');
    return toBigInt(part);
  });
  if (!divisor || rest === undefined) throw new MongoError(2, 'divisor cannot be 0');
  return (value) => isNumeric(value) && fitsInt64(toNumber(value)) && toBigInt(value) % divisor === rest;
}

function patternTest(operand: Value, options: Maybe): ValueTest {
  if (typeof operand !== 'string' && !isRegex(operand)) throw new MongoError(2, '$regex has to be a string');
  if (options !== undefined && typeof options !== 'string')
    throw new MongoError(2, '$options has to be a string');
  if (isRegex(operand) && operand.options && options)
    throw new MongoError(51075, 'options set in both $regex and $options');
  if (typeof operand === 'string' && operand.includes('\0'))
    throw refusal('a regular expression with a null byte', 2);
  return regexTest(operand, options ?? undefined);
}
