import { divideHalfEven, exactDouble, powerOfTen } from '../../bson/decimal.js';
import {
  add,
  INT64_MAX,
  INT64_MIN,
  integer,
  isZero,
  multiply,
  numberType,
  remainder,
  subtract,
  toBigInt,
  toNumber,
} from '../../bson/number.js';
import { isNullish, isNumeric, type Maybe, type Numeric } from '../../bson/value.js';
import { refusal } from '../../mongo-error.js';
import { lazy, positional, strict } from './arguments.js';
import type { Need } from './need.js';
import type { OperatorCompiler, Operators } from './types.js';

export const arithmetic: Operators = {
  $add: lazy(addAll),
  $subtract: strict(2, 2, subtractTwo),
  $multiply: lazy(multiplyAll),
  $divide: strict(2, 2, ([a, b], need) => {
    const [dividend, divisor] = [need.number(a, 14), need.number(b, 14)];
    if (isZero(divisor)) throw need.error(2, "can't divide by zero");
    return toNumber(dividend) / toNumber(divisor);
  }),
  $mod: strict(2, 2, ([a, b], need) => {
    const [dividend, divisor] = [need.number(a, 16611), need.number(b, 16611)];
    if (isZero(divisor)) throw need.error(16610, "can't divide by zero");
    return remainder(dividend, divisor);
  }),
  $abs: strict(1, 1, ([value], need) => absolute(need.number(value, 28765), need)),
  $ceil: wholeNumber(Math.ceil),
  $floor: wholeNumber(Math.floor),
  $round: rounded(false),
  $trunc: rounded(true),
};

function addAll(values: Iterable<Maybe>, need: Need): Maybe {
  let total: Numeric = integer(0);
  let date: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) throw need.error(16612, 'only one date can be added');
      date = value;
    } else {
      const number = need.number(value, 14);
      total = add(total, number) ?? toNumber(total) + toNumber(number);
    }
  }
  return date ? shiftDate(date, toNumber(total)) : total;
}

function shiftDate(date: Date, amount: number): Date {
  const shifted = new Date(date.getTime() + Math.round(amount));
  if (Number.isNaN(shifted.getTime())) throw refusal('a date beyond the years -271821 to 275760', 15);
  return shifted;
}

function subtractTwo([a, b]: Maybe[], need: Need): Maybe {
  if (a instanceof Date && b instanceof Date) return BigInt(a.getTime() - b.getTime());
  if (a instanceof Date && isNumeric(b)) return shiftDate(a, -toNumber(need.number(b, 14)));
  const [left, right] = [need.number(a, 14), need.number(b, 14)];
  return subtract(left, right) ?? toNumber(left) - toNumber(right);
}

function multiplyAll(values: Iterable<Maybe>, need: Need): Maybe {
  let product: Numeric = integer(1);
  for (const value of values) {
    if (isNullish(value)) return null;
    const number = need.number(value, 14);
    product = multiply(product, number) ?? toNumber(product) * toNumber(number);
  }
  return product;
}

function absolute(value: Numeric, need: Need): Maybe {
  if (typeof value === 'number') return Math.abs(value);
  const number = toBigInt(value);
  if (number >= 0n) return value;
  if (number === INT64_MIN) throw need.error(28680, 'the least 64-bit integer has no positive counterpart');
  return typeof value === 'bigint' ? -number : integer(-number);
}

function wholeNumber(round: (value: number) => number): OperatorCompiler {
  return strict(1, 1, ([value], need) => {
    const number = need.number(value, 28765);
    return typeof number === 'number' ? round(number) : number;
  });
}

/** $round and $trunc to a decimal place. */
function rounded(truncate: boolean): OperatorCompiler {
  return positional(1, 2, ([value, ...places], need) => {
    if (isNullish(value)) return null;
    const number = need.number(value, 51081);
    if (places.some(isNullish)) return null;
    const digits = places.length ? placeOf(places[0], need) : 0;
    if (typeof number === 'number') return roundDouble(number, digits, truncate);
    if (digits >= 0) return number;
    const result = roundBy(toBigInt(number), -digits, truncate) * powerOfTen(-digits);
    if (result > INT64_MAX || result < INT64_MIN)
      throw need.error(51080, 'the result does not fit in 64 bits');
    return numberType(number) === 'long' ? result : integer(result);
  });
}

function placeOf(place: Maybe, need: Need): number {
  const digits = toNumber(need.number(place, 51081));
  if (!Number.isInteger(digits)) throw need.error(51082, 'the precision must be a whole number');
  if (digits < -20 || digits > 100) throw need.error(51083, 'the precision must lie between -20 and 100');
  return digits;
}

/** Drops digits from the end, halves to the even neighbour unless cut off. */
function roundBy(number: bigint, digits: number, truncate: boolean): bigint {
  const unit = powerOfTen(digits);
  return truncate ? number / unit : divideHalfEven(number, unit);
}

/** Rounds the exact value of a double, as the server does through decimals. */
function roundDouble(value: number, place: number, truncate: boolean): number {
  if (!Number.isFinite(value) || value === 0) return value;
  if (place === 0) return truncate ? Math.trunc(value) : halfEven(value);
  const { coefficient, exponent } = exactDouble(Math.abs(value));
  const drop = -place - exponent;
  if (drop <= 0) return value;
  return Math.sign(value) * Number(`${roundBy(coefficient, drop, truncate)}e${-place}`);
}

function halfEven(value: number): number {
  const floor = Math.floor(value);
  if (value - floor !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}
