import type { Decimal128 } from 'bson';

/** A number without loss: `coefficient * 10^exponent`. */
interface Exact {
  readonly coefficient: bigint;
  readonly exponent: number;
}

/** Above the exponent of every finite decimal, so that infinities compare as numbers. */
const INFINITE_EXPONENT = 7000;

export const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent);

export const exactInteger = (value: bigint): Exact => ({ coefficient: value, exponent: 0 });

/** Not for NaN. */
export function exactDecimal(value: Decimal128): Exact {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)\.?(\d*)(?:E([+-]?\d+))?$/.exec(value.toString()) ?? [];
  if (whole === '') return exactDouble(Number(value.toString()));
  return {
    coefficient: BigInt(`${sign}${whole}${fraction}`),
    exponent: Number(exponent) - fraction.length,
  };
}

/** Not for NaN. */
export function exactDouble(value: number): Exact {
  if (!Number.isFinite(value)) return { coefficient: BigInt(Math.sign(value)), exponent: INFINITE_EXPONENT };
  let scaled = value;
  let halvings = 0;
  for (; !Number.isInteger(scaled); halvings += 1) scaled *= 2;
  return { coefficient: BigInt(scaled) * 5n ** BigInt(halvings), exponent: -halvings };
}

export function compareExact(a: Exact, b: Exact): number {
  const exponent = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * powerOfTen(a.exponent - exponent);
  const right = b.coefficient * powerOfTen(b.exponent - exponent);
  return left < right ? -1 : Number(left > right);
}

export function divideHalfEven(numerator: bigint, divisor: bigint): bigint {
  const negative = numerator < 0n !== divisor < 0n;
  const n = numerator < 0n ? -numerator : numerator;
  const d = divisor < 0n ? -divisor : divisor;
  let quotient = n / d;
  const twice = (n % d) * 2n;
  if (twice > d || (twice === d && quotient % 2n === 1n)) quotient += 1n;
  return negative ? -quotient : quotient;
}
