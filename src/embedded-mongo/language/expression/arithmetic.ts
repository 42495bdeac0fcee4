import { Decimal128 } from 'bson';
import { divideHalfEven, finite, powerOfTen, putTogether, takeApart } from '../../bson/decimal.js';
import {
  add,
  divide,
  integer,
  isZero,
  multiply,
  numberType,
  remainder,
  subtract,
  toBigInt,
  toNumber,
} from '../../bson/number.js';
import { isDecimal, isNullish, isNumeric, type Maybe, type Numeric, typeName } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { binary, counted, lazy, unary } from './arguments.js';
import { Summation } from './summation.js';
import type { Operators } from './types.js';

export const arithmetic: Operators = {
  $add: lazy(addAll),
  $subtract: binary(subtractTwo),
  $multiply: lazy(multiplyAll),
  $divide: binary(divideTwo),
  $mod: binary(modulo),
  $abs: unary((value, name) => numericOnly(value, name, absolute)),
  $ceil: unary((value, name) => numericOnly(value, name, (x) => toWhole(x, Math.ceil, 1n))),
  $floor: unary((value, name) => numericOnly(value, name, (x) => toWhole(x, Math.floor, -1n))),
  $round: counted(1, 2, ([value, place], name) => roundTo(value, place, name, false)),
  $trunc: counted(1, 2, ([value, place], name) => roundTo(value, place, name, true)),
  $sqrt: unary((value, name) => numericOnly(value, name, squareRoot)),
  $exp: unary((value, name) => numericOnly(value, name, (x) => Math.exp(double(x, name)))),
  $ln: unary((value, name) => numericOnly(value, name, (x) => Math.log(positive(x, name)))),
  $log10: unary((value, name) => numericOnly(value, name, (x) => Math.log10(positive(x, name)))),
  $pow: binary(power),
};

const needsNumber = (name: string, value: Maybe, code: number): MongoError =>
  new MongoError(code, `${name} only supports numeric types, not ${typeName(value)}`);

function numericOnly(value: Maybe, name: string, apply: (value: Numeric) => Maybe): Maybe {
  if (isNullish(value)) return null;
  if (!isNumeric(value)) throw needsNumber(name, value, 28765);
  return apply(value);
}

function double(value: Numeric, name: string): number {
  if (isDecimal(value)) throw refusal(`${name} of a decimal`, 168);
  return toNumber(value);
}

function addAll(values: Iterable<Maybe>): Maybe {
  const numbers: Numeric[] = [];
  let date: Date | undefined;
  for (const value of values) {
    if (isNullish(value)) return null;
    if (value instanceof Date) {
      if (date) throw new MongoError(16612, 'only one date allowed in an $add expression');
      date = value;
    } else if (isNumeric(value)) numbers.push(value);
    else throw new MongoError(14, `$add only supports numeric or date types, not ${typeName(value)}`);
  }
  const total = addNumbers(numbers);
  return date ? shiftDate(date, total) : total;
}

/** One after another, except that decimals take the way of $sum. */
function addNumbers(numbers: readonly Numeric[]): Numeric {
  if (!numbers.some(isDecimal)) {
    return numbers.reduce(
      (total, number) => add(total, number) ?? toNumber(total) + toNumber(number),
      integer(0),
    );
  }
  const total = new Summation();
  for (const number of numbers) total.add(number);
  return total.sum();
}

function shiftDate(date: Date, amount: Numeric): Date {
  const shifted = new Date(date.getTime() + Math.round(toNumber(amount)));
  if (Number.isNaN(shifted.getTime())) throw refusal('a date beyond the years -271821 to 275760', 15);
  return shifted;
}

function subtractTwo(a: Maybe, b: Maybe): Maybe {
  if (isNullish(a) || isNullish(b)) return null;
  if (isNumeric(a) && isNumeric(b)) return subtract(a, b) ?? toNumber(a) - toNumber(b);
  if (a instanceof Date && b instanceof Date) return BigInt(a.getTime() - b.getTime());
  if (a instanceof Date && isNumeric(b)) return shiftDate(a, -toNumber(b));
  throw new MongoError(14, `can't $subtract ${typeName(b)} from ${typeName(a)}`);
}

function multiplyAll(values: Iterable<Maybe>): Maybe {
  let product: Numeric = integer(1);
  for (const value of values) {
    if (isNullish(value)) return null;
    if (!isNumeric(value)) throw needsNumber('$multiply', value, 14);
    product = multiply(product, value) ?? toNumber(product) * toNumber(value);
  }
  return product;
}

function divideTwo(a: Maybe, b: Maybe): Maybe {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a) || !isNumeric(b)) {
    throw new MongoError(14, `$divide only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  }
  if (isZero(b)) throw new MongoError(2, "can't $divide by zero");
  return divide(a, b);
}

function modulo(a: Maybe, b: Maybe): Maybe {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a) || !isNumeric(b)) {
    throw new MongoError(16611, `$mod only supports numeric types, not ${typeName(a)} and ${typeName(b)}`);
  }
  if (isZero(b)) throw new MongoError(16610, "can't $mod by zero");
  return remainder(a, b);
}

function absolute(value: Numeric): Maybe {
  if (typeof value === 'number') return Math.abs(value);
  if (isDecimal(value)) return Decimal128.fromString(value.toString().replace(/^-/, ''));
  const number = toBigInt(value);
  if (number >= 0n) return value;
  if (number === -(2n ** 63n)) throw new MongoError(28680, "can't take $abs of long long min");
  return numberType(value) === 'long' ? -number : integer(-number);
}

function toWhole(value: Numeric, round: (value: number) => number, away: bigint): Maybe {
  if (typeof value === 'number') return round(value);
  if (!isDecimal(value)) return value;
  const parts = takeApart(value);
  if (parts.kind !== 'finite' || parts.exponent >= 0) return value;
  const unit = powerOfTen(-parts.exponent);
  const whole = parts.coefficient / unit;
  const rest = parts.coefficient % unit;
  const up = rest !== 0n && rest > 0n === away > 0n;
  return putTogether(finite(up ? whole + away : whole, 0, parts.coefficient < 0n));
}

function roundTo(value: Maybe, place: Maybe, name: string, truncate: boolean): Maybe {
  if (isNullish(value) || place === null) return null;
  if (!isNumeric(value)) throw needsNumber(name, value, 51081);
  const digits = place === undefined ? 0 : placeOf(place, name);
  if (typeof value === 'number') return roundDouble(value, digits, truncate);
  if (isDecimal(value)) return roundDecimal(value, digits, truncate);
  if (digits >= 0) return value;
  const unit = powerOfTen(-digits);
  const number = toBigInt(value);
  const rounded = (truncate ? number / unit : divideHalfEven(number, unit)) * unit;
  return numberType(value) === 'long' ? rounded : integer(rounded);
}

function placeOf(place: Maybe, name: string): number {
  if (!isNumeric(place)) throw needsNumber(name, place, 51081);
  const digits = toNumber(place);
  if (!Number.isInteger(digits))
    throw new MongoError(51082, `precision argument to ${name} must be an integral value`);
  if (digits < -20 || digits > 100)
    throw new MongoError(
      51083,
      `cannot apply ${name} with precision value ${digits} value must be in [-20, 100]`,
    );
  return digits;
}

/** The server rounds doubles through decimals of 15 digits unless the place is 0. */
function roundDouble(value: number, digits: number, truncate: boolean): number {
  if (!Number.isFinite(value) || value === 0) return value;
  if (digits === 0) return truncate ? Math.trunc(value) : halfEven(value);
  const text = Number(value.toPrecision(15)).toString();
  return Number(roundDecimal(Decimal128.fromString(text), digits, truncate).toString());
}

function halfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function roundDecimal(value: Decimal128, digits: number, truncate: boolean): Decimal128 {
  const parts = takeApart(value);
  if (parts.kind !== 'finite') return value;
  const drop = -digits - parts.exponent;
  if (drop <= 0) return value;
  const unit = powerOfTen(drop);
  const rounded = truncate ? parts.coefficient / unit : divideHalfEven(parts.coefficient, unit);
  return putTogether(finite(rounded, -digits, parts.coefficient < 0n));
}

function squareRoot(value: Numeric): Maybe {
  const number = double(value, '$sqrt');
  if (number < 0) throw new MongoError(28714, "$sqrt's argument must be greater than or equal to 0");
  return Math.sqrt(number);
}

function positive(value: Numeric, name: string): number {
  const number = double(value, name);
  if (number <= 0)
    throw new MongoError(
      name === '$ln' ? 28766 : 28761,
      `${name}'s argument must be a positive number, but is ${number}`,
    );
  return number;
}

function power(a: Maybe, b: Maybe): Maybe {
  if (isNullish(a) || isNullish(b)) return null;
  if (!isNumeric(a)) throw new MongoError(28762, `$pow's base must be numeric, not ${typeName(a)}`);
  if (!isNumeric(b)) throw new MongoError(28763, `$pow's exponent must be numeric, not ${typeName(b)}`);
  const result = double(a, '$pow') ** double(b, '$pow');
  if (isZero(a) && toNumber(b) < 0)
    throw new MongoError(28764, '$pow cannot take a base of 0 and a negative exponent');
  if (typeof a === 'number' || typeof b === 'number' || !Number.isSafeInteger(result)) return result;
  return typeof a === 'bigint' || typeof b === 'bigint' ? BigInt(result) : integer(result);
}
