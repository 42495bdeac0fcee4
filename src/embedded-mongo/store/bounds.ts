import { BSONRegExp } from 'bson';
import { compare, rank } from '../bson/compare.js';
import { isNaNValue } from '../bson/number.js';
import { type Doc, isArray, isDoc, isNumeric, isRegex, type Value } from '../bson/value.js';
import { isOperators } from '../language/match.js';
import { encodeBound, encodeKey, successor } from './encode-key.js';

/** Bytes of one field within which matching keys lie: from `low`, up to but without `high`. */
export interface Interval {
  readonly low: Buffer;
  readonly high: Buffer;
}

export interface FieldBounds {
  /** Every interval is one value, so that the next field of the index can narrow further. */
  readonly points: boolean;
  readonly intervals: Interval[];
}

const LONGEST_LIST = 2000;

/** Bounds that conditions on one path set on an index field; undefined when they set none. */
export function fieldBounds(conditions: readonly Value[], multikey: boolean): FieldBounds | undefined {
  const ranges: Range[] = [];
  let list: Value[] | undefined;
  for (const condition of conditions) {
    if (!isOperators(condition)) {
      if (isRegex(condition)) ranges.push(...patternRange(condition));
      else if (isPoint(condition, multikey)) return pointBounds([condition]);
      continue;
    }
    ranges.push(...regexRange(condition));
    for (const [operator, operand] of condition) {
      if (operator === '$eq' && isPoint(operand, multikey)) return pointBounds([operand]);
      if (
        operator === '$in' &&
        isArray(operand) &&
        operand.length <= LONGEST_LIST &&
        operand.every((value) => isPoint(value, multikey))
      )
        list = operand;
      else ranges.push(...comparisonRange(operator, operand));
    }
  }
  if (list) return pointBounds(list);
  return rangeBounds(ranges, multikey);
}

/** Values that stand in an index under exactly one key: no arrays, no patterns, null only where nothing is an array. */
function isPoint(value: Value, multikey: boolean): boolean {
  if (value === null) return !multikey;
  return !isArray(value) && !isRegex(value) && rank(value) !== 1 && rank(value) !== 127;
}

function pointBounds(values: readonly Value[]): FieldBounds {
  const keys = new Map<string, Buffer>();
  for (const value of values) {
    const { bytes } = encodeKey([value], [1]);
    keys.set(bytes.toString('latin1'), bytes);
  }
  const sorted = [...keys.values()].sort((a, b) => Buffer.compare(a, b));
  return { points: true, intervals: sorted.map((low) => ({ low, high: successor(low) })) };
}

/** A one-sided or prefix range of one type. */
interface Range {
  readonly type: number;
  readonly low?: Value;
  readonly high?: Value;
  readonly exactly?: Interval[];
}

function comparisonRange(operator: string, operand: Value): Range[] {
  if (operand === null || isArray(operand) || isRegex(operand)) return [];
  const type = rank(operand);
  if (type === 1 || type === 127 || (isNumeric(operand) && isNaNValue(operand))) return [];
  if (operator === '$gt' || operator === '$gte') return [{ type, low: operand }];
  if (operator === '$lt' || operator === '$lte') return [{ type, high: operand }];
  return [];
}

/** The range of a $regex with its $options. */
function regexRange(condition: Doc): Range[] {
  const [pattern, options] = [condition.get('$regex'), condition.get('$options')];
  if (typeof pattern === 'string')
    return patternRange(new BSONRegExp(pattern, typeof options === 'string' ? options : ''));
  return isRegex(pattern) && options === undefined ? patternRange(pattern) : [];
}

/** A pattern that begins with literal text: strings with that beginning, and the pattern itself as a stored value. */
function patternRange(pattern: BSONRegExp): Range[] {
  const literal = /^\^([A-Za-z0-9 _@:/-]+)/.exec(pattern.pattern)?.[1] ?? '';
  const after = pattern.pattern.slice(1 + literal.length);
  const fixed = /^[*+?{]/.test(after) ? literal.slice(0, -1) : literal;
  if (fixed === '' || pattern.options !== '' || pattern.pattern.includes('|')) return [];
  const low = Buffer.concat([Buffer.of(rank('')), Buffer.from(fixed)]);
  const own = encodeKey([pattern], [1]).bytes;
  return [
    {
      type: rank(''),
      exactly: [
        { low, high: successor(low) },
        { low: own, high: successor(own) },
      ],
    },
  ];
}

/** Joins ranges of one type. Where documents have several keys, two ranges may be met by different ones: one is used. */
function rangeBounds(ranges: readonly Range[], multikey: boolean): FieldBounds | undefined {
  const [first] = ranges;
  if (!first) return undefined;
  if (first.exactly) return { points: false, intervals: first.exactly };
  let { low, high } = first;
  for (const range of multikey ? [] : ranges.filter((other) => other.type === first.type)) {
    if (range.low !== undefined && (low === undefined || compare(range.low, low) > 0)) low = range.low;
    if (range.high !== undefined && (high === undefined || compare(range.high, high) < 0)) high = range.high;
  }
  const bracket = { low: Buffer.of(first.type), high: Buffer.of(first.type + 1) };
  // Documents nest values whose encoding may be inexact: their whole type is read.
  const isNested = (value: Value | undefined): boolean => isDoc(value);
  return {
    points: false,
    intervals: [
      {
        low: low === undefined || isNested(low) ? bracket.low : encodeBound(low),
        high: high === undefined || isNested(high) ? bracket.high : successor(encodeBound(high)),
      },
    ],
  };
}
