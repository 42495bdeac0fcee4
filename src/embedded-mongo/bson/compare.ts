import type { Binary, BSONRegExp, ObjectId, Timestamp } from 'bson';
import { compareNumbers, isZero } from './number.js';
import {
  binaryBytes,
  type Doc,
  isNumeric,
  type Maybe,
  type Numeric,
  type TypeName,
  typeName,
  type Value,
} from './value.js';

/** Order of the types in comparisons and sorts; also the type byte of index keys. */
const RANKS: Record<TypeName, number> = {
  minKey: 1,
  missing: 4,
  null: 5,
  int: 10,
  long: 10,
  double: 10,
  decimal: 10,
  string: 15,
  object: 20,
  array: 25,
  binData: 30,
  objectId: 35,
  bool: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  maxKey: 127,
};

export const rank = (value: Maybe): number => RANKS[typeName(value)];

/** Compares two values in BSON order; negative, zero or positive. */
export function compare(a: Maybe, b: Maybe): number {
  const left = rank(a);
  const right = rank(b);
  if (left !== right) return left - right;
  return compareSameRank(left, a, b);
}

export const equal = (a: Maybe, b: Maybe): boolean => compare(a, b) === 0;

function compareSameRank(shared: number, a: Maybe, b: Maybe): number {
  switch (shared) {
    case RANKS.int:
      return compareNumbers(a as Numeric, b as Numeric);
    case RANKS.string:
      return compareStrings(a as string, b as string);
    case RANKS.object:
      return compareDocuments(a as Doc, b as Doc);
    case RANKS.array:
      return compareArrays(a as Value[], b as Value[]);
    case RANKS.binData:
      return compareBinaries(a as Binary, b as Binary);
    case RANKS.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case RANKS.bool:
      return Number(a) - Number(b);
    case RANKS.date:
      return Math.sign((a as Date).getTime() - (b as Date).getTime());
    case RANKS.timestamp:
      return compareTimestamps(a as Timestamp, b as Timestamp);
    case RANKS.regex:
      return compareRegexes(a as BSONRegExp, b as BSONRegExp);
    default:
      return 0;
  }
}

/** Order of the UTF-8 bytes, which is the order of the code points. */
export function compareStrings(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return lifted(x) - lifted(y);
  }
  return a.length - b.length;
}

// Surrogates stand for code points above U+FFFF, so they order after U+E000..U+FFFF.
const lifted = (unit: number): number => {
  if (unit < 0xd800) return unit;
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
};

function compareDocuments(a: Doc, b: Doc): number {
  const others = b.entries();
  for (const [name, value] of a) {
    const next = others.next();
    if (next.done === true) return 1;
    const [otherName, otherValue] = next.value;
    const byField =
      rank(value) - rank(otherValue) || compareStrings(name, otherName) || compare(value, otherValue);
    if (byField !== 0) return byField;
  }
  return a.size - b.size;
}

function compareArrays(a: Value[], b: Value[]): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i += 1) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

function compareBinaries(a: Binary, b: Binary): number {
  const x = binaryBytes(a);
  const y = binaryBytes(b);
  return x.length - y.length || a.sub_type - b.sub_type || Buffer.compare(x, y);
}

function compareTimestamps(a: Timestamp, b: Timestamp): number {
  return a.t - b.t || a.i - b.i;
}

function compareRegexes(a: BSONRegExp, b: BSONRegExp): number {
  return compareStrings(a.pattern, b.pattern) || compareStrings(a.options, b.options);
}

/** What counts as true in conditions and options. */
export function isTrue(value: Maybe): boolean {
  if (value === undefined || value === null || value === false) return false;
  return isNumeric(value) ? !isZero(value) : true;
}
