import { Decimal128 } from 'bson';

/** A decimal taken apart: `coefficient * 10^exponent`, or not a finite number. */
export type Decimal =
  | { kind: 'finite'; coefficient: bigint; exponent: number; negativeZero: boolean }
  | { kind: 'infinite'; sign: 1 | -1 }
  | { kind: 'nan' };

export const NOT_A_NUMBER: Decimal = { kind: 'nan' };
const DIGITS = 34;
const LARGEST_EXPONENT = 6111;
const SMALLEST_EXPONENT = -6176;

export const powerOfTen = (exponent: number): bigint => 10n ** BigInt(exponent);

export const finite = (coefficient: bigint, exponent: number, negativeZero = false): Decimal => ({
  kind: 'finite',
  coefficient,
  exponent,
  negativeZero,
});

export function takeApart(value: Decimal128): Decimal {
  const text = value.toString();
  if (text === 'NaN') return NOT_A_NUMBER;
  if (text === 'Infinity') return { kind: 'infinite', sign: 1 };
  if (text === '-Infinity') return { kind: 'infinite', sign: -1 };
  return parseFinite(text);
}

function parseFinite(text: string): Decimal {
  const match = /^(-?)(\d*)\.?(\d*)(?:E([+-]?\d+))?$/i.exec(text);
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match ?? [];
  const coefficient = BigInt(whole + fraction || '0');
  return finite(
    sign ? -coefficient : coefficient,
    Number(exponent) - fraction.length,
    sign !== '' && coefficient === 0n,
  );
}

/** Rounds half to even to 34 digits and puts the value together again. */
export function putTogether(value: Decimal): Decimal128 {
  if (value.kind === 'nan') return Decimal128.fromString('NaN');
  if (value.kind === 'infinite') return Decimal128.fromString(value.sign > 0 ? 'Infinity' : '-Infinity');
  const rounded = roundToDigits(value.coefficient, value.exponent, DIGITS);
  let { coefficient, exponent } = rounded;
  if (coefficient === 0n) {
    exponent = Math.min(Math.max(exponent, SMALLEST_EXPONENT), LARGEST_EXPONENT);
    return Decimal128.fromString(`${value.negativeZero ? '-' : ''}0E${exponent}`);
  }
  if (exponent < SMALLEST_EXPONENT) {
    coefficient = divideHalfEven(coefficient, powerOfTen(SMALLEST_EXPONENT - exponent));
    exponent = SMALLEST_EXPONENT;
  }
  while (exponent > LARGEST_EXPONENT && coefficient.toString().replace('-', '').length < DIGITS) {
    coefficient *= 10n;
    exponent -= 1;
  }
  if (exponent > LARGEST_EXPONENT) return putTogether({ kind: 'infinite', sign: coefficient < 0n ? -1 : 1 });
  return Decimal128.fromString(`${coefficient}E${exponent}`);
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

function roundToDigits(
  coefficient: bigint,
  exponent: number,
  digits: number,
): { coefficient: bigint; exponent: number } {
  const length = coefficient.toString().replace('-', '').length;
  if (length <= digits) return { coefficient, exponent };
  const shift = length - digits;
  const rounded = divideHalfEven(coefficient, powerOfTen(shift));
  return roundToDigits(rounded, exponent + shift, digits);
}

/** The exact value of a double as a decimal. */
export function decimalOfDouble(value: number): Decimal {
  if (Number.isNaN(value)) return NOT_A_NUMBER;
  if (!Number.isFinite(value)) return { kind: 'infinite', sign: value > 0 ? 1 : -1 };
  let scaled = value;
  let twos = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    twos += 1;
  }
  return finite(BigInt(scaled) * 5n ** BigInt(twos), -twos, Object.is(value, -0));
}

/** A double as MongoDB's arithmetic turns it into a decimal: rounded to 15 digits. */
export function decimalOfDoubleRounded(value: number): Decimal {
  const exact = decimalOfDouble(value);
  if (exact.kind !== 'finite' || exact.coefficient === 0n) {
    return exact.kind === 'finite' ? finite(0n, 0, exact.negativeZero) : exact;
  }
  const rounded = roundToDigits(exact.coefficient, exact.exponent, 15);
  const missing = 15 - rounded.coefficient.toString().replace('-', '').length;
  return finite(rounded.coefficient * powerOfTen(missing), rounded.exponent - missing);
}

export function compareDecimals(a: Decimal, b: Decimal): number {
  if (a.kind === 'nan' || b.kind === 'nan') return Number(b.kind === 'nan') - Number(a.kind === 'nan');
  const left = a.kind === 'infinite' ? a.sign : 0;
  const right = b.kind === 'infinite' ? b.sign : 0;
  if (a.kind === 'infinite' || b.kind === 'infinite') return Math.sign(left - right);
  return compareFinite(a, b);
}

type Finite = Extract<Decimal, { kind: 'finite' }>;

function compareFinite(a: Finite, b: Finite): number {
  // Signs and magnitudes first: aligning exponents of 1E+6000 and 1E-6000 would need huge integers.
  const sign = (x: Finite) => (x.coefficient === 0n ? 0 : x.coefficient < 0n ? -1 : 1);
  if (sign(a) !== sign(b)) return Math.sign(sign(a) - sign(b));
  if (sign(a) === 0) return 0;
  const magnitude = (x: Finite) => x.coefficient.toString().replace('-', '').length + x.exponent;
  if (magnitude(a) !== magnitude(b)) return magnitude(a) > magnitude(b) ? sign(a) : -sign(a);
  const low = Math.min(a.exponent, b.exponent);
  const left = a.coefficient * powerOfTen(a.exponent - low);
  const right = b.coefficient * powerOfTen(b.exponent - low);
  return left < right ? -1 : left > right ? 1 : 0;
}
