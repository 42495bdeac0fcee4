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
import { isReference } from './reference.js';
import type { Condition, ElementTest } from './match-conditions.js';
import { regexTest } from './regex.js';

const COMPARISONS: Record<string, (order: number) => boolean> = {
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
};

const SIMPLE = new Set([
  '$eq',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$exists',
  '$type',
  '$size',
  '$mod',
  '$regex',
]);

export const isSimpleOperator = (name: string): boolean => SIMPLE.has(name);

/** Compiles an operator that tests one value at a time. */
export function elementTest(name: string, operand: Value, siblings: Doc): Condition {
  switch (name) {
    case '$eq':
      return onElements(equalTo(operand));
    case '$in':
      return onElements(oneOf(operand));
    case '$exists':
      return isTrue(operand) ? PRESENT : { kind: 'not', inner: [PRESENT] };
    case '$type':
      return onElements(ofType(operand));
    case '$size':
      return { kind: 'test', elements: false, test: ofSize(operand) };
    case '$mod':
      return onElements(modulo(operand));
    case '$regex':
      return onElements(patternTest(operand, siblings.get('$options')));
    default:
      return onElements(comparison(name, operand));
  }
}

const onElements = (test: ElementTest): Condition => ({ kind: 'test', elements: true, test });

const PRESENT: Condition = { kind: 'test', elements: false, test: (value) => value !== undefined };

export function equalTo(operand: Value): ElementTest {
  if (operand === null) return isNullish;
  return (value) => value !== undefined && equal(value, operand);
}

function comparison(name: string, operand: Value): ElementTest {
  if (isRegex(operand)) throw new MongoError(2, `Can't have RegEx as arg to predicate over field.`);
  const holds = COMPARISONS[name] ?? (() => false);
  if (operand === null) return name.endsWith('e') ? isNullish : () => false;
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

function oneOf(operand: Value): ElementTest {
  if (!isArray(operand)) throw new MongoError(2, '$in needs an array');
  for (const member of operand) {
    if (member instanceof Map && !isReference(member) && member.keys().next().value?.startsWith('$')) {
      throw new MongoError(2, 'cannot nest $ under $in');
    }
  }
  const patterns = operand.filter(isRegex).map((pattern) => regexTest(pattern));
  const keys = new Set(operand.map(hashKey));
  const withNull = operand.includes(null);
  return (value) => {
    if (value === undefined) return withNull;
    return keys.has(hashKey(value)) || patterns.some((matches) => matches(value));
  };
}

const NUMBER_TYPES = ['int', 'long', 'double', 'decimal'];
const TYPE_CODES: Record<number, string> = {
  [-1]: 'minKey',
  1: 'double',
  2: 'string',
  3: 'object',
  4: 'array',
  5: 'binData',
  7: 'objectId',
  8: 'bool',
  9: 'date',
  10: 'null',
  11: 'regex',
  16: 'int',
  17: 'timestamp',
  18: 'long',
  19: 'decimal',
  127: 'maxKey',
};
// Types that documents of this store never hold: the condition is legal and matches nothing.
const ABSENT_TYPES: Record<number, string> = {
  6: 'undefined',
  12: 'dbPointer',
  13: 'javascript',
  14: 'symbol',
  15: 'javascriptWithScope',
};

function ofType(operand: Value): ElementTest {
  const wanted = new Set((isArray(operand) ? operand : [operand]).flatMap(typeNames));
  if (wanted.size === 0) throw new MongoError(9, '$type must match at least one type');
  return (value) => value !== undefined && wanted.has(typeName(value));
}

function typeNames(type: Value): string[] {
  if (type === 'number') return NUMBER_TYPES;
  if (typeof type === 'string') {
    if ([...Object.values(TYPE_CODES), ...Object.values(ABSENT_TYPES)].includes(type)) return [type];
    throw new MongoError(2, `Unknown type name alias: ${type}`);
  }
  if (!isNumeric(type)) throw new MongoError(14, 'type must be represented as a number or a string');
  const name = TYPE_CODES[toNumber(type)] ?? ABSENT_TYPES[toNumber(type)];
  if (name === undefined) throw new MongoError(2, `Invalid numerical type code: ${toNumber(type)}`);
  return [name];
}

function ofSize(operand: Value): ElementTest {
  const size = isNumeric(operand) ? toNumber(operand) : NaN;
  if (!Number.isInteger(size)) throw new MongoError(9, 'Failed to parse $size. Expected an integer');
  if (size < 0)
    throw new MongoError(9, `Failed to parse $size. Expected a non-negative number in: $size: ${size}`);
  return (value) => isArray(value) && value.length === size;
}

function modulo(operand: Value): ElementTest {
  if (!isArray(operand) || operand.length < 2) throw new MongoError(2, 'malformed mod, not enough elements');
  if (operand.length > 2) throw new MongoError(2, 'malformed mod, too many elements');
  const [divisor, rest] = operand.map((part) => modPart(part));
  if (!divisor || rest === undefined) throw new MongoError(2, 'divisor cannot be 0');
  return (value) => {
    if (!isNumeric(value)) return false;
    const number = toNumber(value);
    if (!fitsInt64(number)) return false;
    return toBigInt(value) % divisor === rest;
  };
}

const fitsInt64 = (number: number): boolean => number >= -(2 ** 63) && number < 2 ** 63;

function modPart(part: Value): bigint {
  if (!isNumeric(part)) throw new MongoError(2, 'malformed mod, divisor or remainder not a number');
  if (!fitsInt64(toNumber(part)))
    throw new MongoError(2, 'malformed mod, divisor or remainder value is invalid');
  return toBigInt(part);
}

function patternTest(operand: Value, options: Maybe): ElementTest {
  if (typeof operand !== 'string' && !isRegex(operand)) throw new MongoError(2, '$regex has to be a string');
  if (options !== undefined && typeof options !== 'string')
    throw new MongoError(2, '$options has to be a string');
  if (isRegex(operand) && operand.options && options)
    throw new MongoError(51075, 'options set in both $regex and $options');
  if (typeof operand === 'string' && operand.includes('\0'))
    throw refusal('a regular expression with a null byte', 2);
  return regexTest(operand, options ?? undefined);
}
