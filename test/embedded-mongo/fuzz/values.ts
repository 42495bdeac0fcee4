import {
  Binary,
  BSONRegExp,
  Decimal128,
  type Document,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  Timestamp,
} from 'mongodb';
import type { Chance } from './chance.js';

const NUMBERS = [
  () => new Int32(0),
  () => new Int32(1),
  () => new Int32(2),
  () => new Int32(3),
  () => new Int32(-1),
  () => new Int32(10),
  () => new Int32(2147483647),
  () => new Double(0),
  () => new Double(-0),
  () => new Double(1),
  () => new Double(1.5),
  () => new Double(2.5),
  () => new Double(-2.25),
  () => new Double(0.1),
  () => new Double(1e300),
  () => new Double(NaN),
  () => new Double(Infinity),
  () => new Double(3),
  () => Long.fromNumber(1),
  () => Long.fromNumber(5),
  () => Long.fromString('9007199254740993'),
  () => Long.fromString('-9223372036854775808'),
  () => Decimal128.fromString('1'),
  () => Decimal128.fromString('1.50'),
  () => Decimal128.fromString('0.1'),
  () => Decimal128.fromString('2.5'),
  () => Decimal128.fromString('NaN'),
];
const SIMPLE_NUMBERS = NUMBERS.filter((make) => !(make() instanceof Decimal128)).filter((make) =>
  Number.isFinite(Number(make().toString())),
);
export const WORDS = ['', 'a', 'b', 'ab', 'abc', 'B', 'b c', '10', 'é', '😀', 'a\nb'];
const DATES = [0, 1704067200000, 1709251199999, 1720000000123, 1735689599000];
const FIELDS = ['a', 'b', 'c'];
export const PATHS = ['a', 'b', 'c', 'd', 'a.b', 'a.c', 'b.a', 'a.b.c', 'c.a', 'a.0', 'a.0.b', 'b.1', '_id'];

const numberValue = (chance: Chance): unknown => chance.one(NUMBERS)();
export const simpleNumber = (chance: Chance): unknown => chance.one(SIMPLE_NUMBERS)();
export const dateValue = (chance: Chance): Date => new Date(chance.one(DATES));

/** A value that is neither array nor document. */
export function scalar(chance: Chance): unknown {
  const kind = chance.below(100);
  if (kind < 45) return numberValue(chance);
  if (kind < 68) return chance.one(WORDS);
  if (kind < 74) return chance.happens(0.5);
  if (kind < 82) return null;
  if (kind < 88) return dateValue(chance);
  if (kind < 92) return new ObjectId(chance.one(['64b000000000000000000001', '64b000000000000000000002']));
  if (kind < 94) return new Binary(Buffer.from(chance.one(['a', 'b', 'ab'])), chance.one([0, 4]));
  if (kind < 96) return new Timestamp({ t: 1 + chance.below(3), i: chance.below(3) });
  if (kind < 98) return new BSONRegExp(chance.one(['a', '^a', 'b']), chance.one(['', 'i']));
  return chance.happens(0.5) ? new MinKey() : new MaxKey();
}

export function value(chance: Chance, depth = 2): unknown {
  if (depth > 0 && chance.happens(0.25)) return chance.list(3, () => value(chance, depth - 1));
  if (depth > 0 && chance.happens(0.3)) return subdocument(chance, depth - 1);
  return scalar(chance);
}

function subdocument(chance: Chance, depth: number): Document {
  return Object.fromEntries(
    chance
      .some(FIELDS, chance.below(3) + (chance.happens(0.9) ? 1 : 0))
      .map((name) => [name, value(chance, depth)]),
  );
}

export const documents = (chance: Chance, count: number): Document[] =>
  Array.from({ length: count }, (_, i) => ({
    _id: new Int32(i),
    ...Object.fromEntries(
      chance.some(['a', 'b', 'c', 'd'], 1 + chance.below(4)).map((name) => [name, value(chance)]),
    ),
  }));
