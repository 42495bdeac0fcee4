import { Decimal128, Int32 } from 'bson';
import {
  compareDecimals,
  type Decimal,
  decimalOfDouble,
  decimalOfDoubleRounded,
  finite,
  NOT_A_NUMBER,
  powerOfTen,
  putTogether,
  takeApart,
} from './decimal.js';
import { isDecimal, isInt32, type Numeric } from './value.js';

export type NumberType = 'int' | 'long' | 'double' | 'decimal';

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

export const toDecimal = (value: Numeric): Decimal => {
  if (typeof value === 'number') return decimalOfDoubleRounded(value);
  if (typeof value === 'bigint') return finite(value, 0);
  return isInt32(value) ? finite(BigInt(value.value), 0) : takeApart(value);
};

const exactDecimal = (value: Numeric): Decimal =>
  typeof value === 'number' ? decimalOfDouble(value) : toDecimal(value);

/** Compares by value across the number types; NaN is below all and equal to itself. */
export function compareNumbers(a: Numeric, b: Numeric): number {
  if (isDecimal(a) || isDecimal(b)) return compareDecimals(exactDecimal(a), exactDecimal(b));
  const left = isInt32(a) ? a.value : a;
  const right = isInt32(b) ? b.value : b;
  if (left < right) return -1;
  if (left > right) return 1;
  // eslint-disable-next-line eqeqeq -- a bigint and a double of the same value are equal only loosely
  if (left == right) return 0;
  return Number(Number.isNaN(right)) - Number(Number.isNaN(left));
}

const wider = (a: Numeric, b: Numeric): NumberType => {
  const types = [numberType(a), numberType(b)];
  return (['decimal', 'double', 'long'] as const).find((type) => types.includes(type)) ?? 'int';
};

export const toBigInt = (value: Numeric): bigint =>
  typeof value === 'bigint' ? value : BigInt(isInt32(value) ? value.value : Math.trunc(toNumber(value)));

/** Result of integer arithmetic: type of the operands, widened when it does not fit; undefined on 64-bit overflow. */
function integral(type: NumberType, value: bigint): Numeric | undefined {
  if (value > INT64_MAX || value < INT64_MIN) return undefined;
  return type === 'long' ? value : integer(value);
}

type Arithmetic = (a: Numeric, b: Numeric) => Numeric | undefined;

/** Sum with MongoDB's type rules; undefined when two integers overflow 64 bits. */
export const add: Arithmetic = (a, b) => {
  const type = wider(a, b);
  if (type === 'decimal') return putTogether(addDecimals(toDecimal(a), toDecimal(b)));
  if (type === 'double') return toNumber(a) + toNumber(b);
  return integral(type, toBigInt(a) + toBigInt(b));
};

export const subtract: Arithmetic = (a, b) => {
  const type = wider(a, b);
  if (type === 'decimal') return putTogether(addDecimals(toDecimal(a), negate(toDecimal(b))));
  if (type === 'double') return toNumber(a) - toNumber(b);
  return integral(type, toBigInt(a) - toBigInt(b));
};

export const multiply: Arithmetic = (a, b) => {
  const type = wider(a, b);
  if (type === 'decimal') return multiplyDecimals(a, b);
  if (type === 'double') return toNumber(a) * toNumber(b);
  return integral(type, toBigInt(a) * toBigInt(b));
};

function negate(value: Decimal): Decimal {
  if (value.kind === 'nan') return value;
  if (value.kind === 'infinite') return { kind: 'infinite', sign: value.sign > 0 ? -1 : 1 };
  return finite(-value.coefficient, value.exponent);
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  if (a.kind === 'nan' || b.kind === 'nan') return NOT_A_NUMBER;
  if (a.kind === 'infinite') return b.kind === 'infinite' && b.sign !== a.sign ? NOT_A_NUMBER : a;
  if (b.kind === 'infinite') return b;
  const exponent = Math.min(a.exponent, b.exponent);
  return finite(
    a.coefficient * powerOfTen(a.exponent - exponent) + b.coefficient * powerOfTen(b.exponent - exponent),
    exponent,
  );
}

function multiplyDecimals(left: Numeric, right: Numeric): Decimal128 {
  const a = toDecimal(left);
  const b = toDecimal(right);
  if (a.kind === 'finite' && b.kind === 'finite') {
    const negative = isNegative(a) !== isNegative(b);
    return putTogether(finite(a.coefficient * b.coefficient, a.exponent + b.exponent, negative));
  }
  return Decimal128.fromString(String(toNumber(left) * toNumber(right)));
}

const isNegative = (value: Extract<Decimal, { kind: 'finite' }>): boolean =>
  value.coefficient < 0n || value.negativeZero;

/** Quotient; the divisor must not be zero. */
export function divide(a: Numeric, b: Numeric): Numeric {
  if (wider(a, b) !== 'decimal') return toNumber(a) / toNumber(b);
  const x = toDecimal(a);
  const y = toDecimal(b);
  if (x.kind !== 'finite' || y.kind !== 'finite') {
    return Decimal128.fromString(String(toNumber(a) / toNumber(b)));
  }
  const extra = 40 + y.coefficient.toString().length;
  let coefficient = (x.coefficient * powerOfTen(extra)) / y.coefficient;
  let exponent = x.exponent - y.exponent - extra;
  while (coefficient !== 0n && coefficient % 10n === 0n && exponent < x.exponent - y.exponent) {
    coefficient /= 10n;
    exponent += 1;
  }
  return putTogether(finite(coefficient, coefficient === 0n ? x.exponent - y.exponent : exponent));
}

/** Remainder with the sign of the dividend; the divisor must not be zero. */
export function remainder(a: Numeric, b: Numeric): Numeric {
  const type = wider(a, b);
  if (type === 'double') return toNumber(a) % toNumber(b);
  if (type !== 'decimal') return integral(type, toBigInt(a) % toBigInt(b)) ?? toBigInt(0);
  const x = toDecimal(a);
  const y = toDecimal(b);
  if (x.kind !== 'finite' || y.kind !== 'finite') {
    return y.kind === 'infinite' && x.kind === 'finite' ? putTogether(x) : putTogether(NOT_A_NUMBER);
  }
  const exponent = Math.min(x.exponent, y.exponent);
  return putTogether(
    finite(
      (x.coefficient * powerOfTen(x.exponent - exponent)) %
        (y.coefficient * powerOfTen(y.exponent - exponent)),
      exponent,
    ),
  );
}

export const isNaNValue = (value: Numeric): boolean => Number.isNaN(toNumber(value));
export const isZero = (value: Numeric): boolean => toNumber(value) === 0 && compareNumbers(value, 0) === 0;
