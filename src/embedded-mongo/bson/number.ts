import { Int32 } from 'bson';
import { refusal } from '../mongo-error.js';
import { compareExact, exactDecimal, exactDouble, exactInteger, powerOfTen } from './decimal.js';
import { isDecimal, isInt32, type Numeric } from './value.js';

type NumberType = 'int' | 'long' | 'double' | 'decimal';

const INT32_MAX = 2147483647;
const INT32_MIN = -2147483648;
export const INT64_MAX = 9223372036854775807n;
export const INT64_MIN = -9223372036854775808n;

export const int = (value: number): Int32 => new Int32(value);

/** A 32-bit integer when it fits, else a 64-bit one. */
export const integer = (value: bigint | number): Int32 | bigint =>
  value >= INT32_MIN && value <= INT32_MAX ? new Int32(Number(value)) : BigInt(value);

export function numberType(value: Numeric): NumberType {
  if (typeof value === 'number') return 'double';
  if (typeof value === 'bigint') return 'long';
  return isInt32(value) ? 'int' : 'decimal';
}

/** The nearest double. */
export function toNumber(value: Numeric): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return isInt32(value) ? value.value : Number(value.toString());
}

/** Compares by value across the number types; NaN is below all and equal to itself. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  const exactly = isDecimal(a) || isDecimal(b);
  const left = exactly ? toNumber(a) : isInt32(a) ? a.value : a;
  const right = exactly ? toNumber(b) : isInt32(b) ? b.value : b;
  if (left < right) return -1;
  if (left > right) return 1;
  // eslint-disable-next-line eqeqeq -- a bigint and a double of the same value are equal only loosely
  if (left == right) return exactly ? compareExact(exact(a), exact(b)) : 0;
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
}

function exact(value: Numeric): ReturnType<typeof exactDecimal> {
  if (isDecimal(value)) return exactDecimal(value);
  return typeof value === 'number' ? exactDouble(value) : exactInteger(toBigInt(value));
}

/** Type of a result; decimals are stored, ordered and compared, but not calculated with. */
function wider(a: Numeric, b: Numeric): NumberType {
  const types = [numberType(a), numberType(b)];
  if (types.includes('decimal')) throw refusal('arithmetic with decimals', 2);
  return (['double', 'long'] as const).find((type) => types.includes(type)) ?? 'int';
}

/** Without its fraction; only for finite numbers. */
export function toBigInt(value: Numeric): bigint {
  if (typeof value === 'bigint') return value;
  if (!isDecimal(value)) return BigInt(Math.trunc(toNumber(value)));
  const { coefficient, exponent } = exactDecimal(value);
  return exponent < 0 ? coefficient / powerOfTen(-exponent) : coefficient * powerOfTen(exponent);
}

/** Result of integer arithmetic: type of the operands, widened when it does not fit; undefined on 64-bit overflow. */
function integral(type: NumberType, value: bigint): Numeric | undefined {
  if (value > INT64_MAX || value < INT64_MIN) return undefined;
  return type === 'long' ? value : integer(value);
}

type Arithmetic = (a: Numeric, b: Numeric) => Numeric | undefined;

/** Sum with MongoDB's type rules; undefined when two integers overflow 64 bits. */
export const add: Arithmetic = (a, b) => {
  const type = wider(a, b);
  if (type === 'double') return toNumber(a) + toNumber(b);
  return integral(type, toBigInt(a) + toBigInt(b));
};

export const subtract: Arithmetic = (a, b) => {
  const type = wider(a, b);
  if (type === 'double') return toNumber(a) - toNumber(b);
  return integral(type, toBigInt(a) - toBigInt(b));
};

export const multiply: Arithmetic = (a, b) => {
  const type = wider(a, b);
  if (type === 'double') return toNumber(a) * toNumber(b);
  return integral(type, toBigInt(a) * toBigInt(b));
};

/** Remainder with the sign of the dividend; the divisor must not be zero. */
export function remainder(a: Numeric, b: Numeric): Numeric {
  const type = wider(a, b);
  if (type === 'double') return toNumber(a) % toNumber(b);
  return integral(type, toBigInt(a) % toBigInt(b)) ?? 0n;
}

export const isNaNValue = (value: Numeric): boolean => Number.isNaN(toNumber(value));
export const isZero = (value: Numeric): boolean => compareNumbers(value, 0) === 0;
