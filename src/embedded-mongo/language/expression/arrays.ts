import { equal, isTrue } from '../../bson/compare.js';
import { int } from '../../bson/number.js';
import { isDoc, isNullish, type Maybe, type Value } from '../../bson/value.js';
import { compareByPattern, compareWhole, directionOf } from '../sort-pattern.js';
import { argumentList, lazy, type Names, namedParts, positional, strict } from './arguments.js';
import { checkedName, variable } from './logic.js';
import { Need } from './need.js';
import type { Compile, Expression, Operators, Variables } from './types.js';

export const arrays: Operators = {
  $size: positional(1, 1, ([list], need) => int(need.array(list, 17124).length)),
  $isArray: positional(1, 1, ([value]) => Array.isArray(value)),
  $arrayElemAt: strict(2, 2, ([list, index], need) =>
    need.array(list, 28689).at(need.int32(index, 28690, 28691)),
  ),
  $first: strict(1, 1, ([list], need) => need.array(list, 28689)[0]),
  $last: strict(1, 1, ([list], need) => need.array(list, 28689).at(-1)),
  $slice: strict(2, 3, slice),
  $in: positional(2, 2, ([value, list], need) => need.array(list, 40081).some((item) => equal(item, value))),
  $indexOfArray: (argument, compile, name) => {
    const [list] = argumentList(argument, compile);
    const search = positional(2, 4, indexOfArray)(argument, compile, name);
    // Without a list the rest is not evaluated, so that it cannot fail.
    return (...given) => (isNullish(list?.(...given)) ? null : search(...given));
  },
  $concatArrays: lazy((lists, need) => {
    const out: Value[] = [];
    for (const list of lists) {
      if (isNullish(list)) return null;
      out.push(...need.array(list, 28664));
    }
    return out;
  }),
  $reverseArray: strict(1, 1, ([list], need) => [...need.array(list, 34435)].reverse()),
  $range: positional(2, 3, range),
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $sortArray: sortArray,
};

function slice([list, from, count]: Maybe[], need: Need): Maybe {
  const items = need.array(list, 28724);
  const start = need.int32(from, 28725, 28726);
  if (count === undefined) return start < 0 ? items.slice(start) : items.slice(0, start);
  const length = need.int32(count, 28727, 28728);
  if (length <= 0) throw need.error(28729, `the third argument must be positive, not ${length}`);
  const begin = start < 0 ? Math.max(0, items.length + start) : start;
  return items.slice(begin, begin + length);
}

function indexOfArray([list, wanted, ...range]: Maybe[], need: Need): Maybe {
  const items = need.array(list, 40090);
  const [start, end] = searchRange(range, items.length, need);
  return int(items.findIndex((item, i) => i >= start && i < end && equal(item, wanted)));
}

/** Where $indexOfArray and $indexOfCP look: from a position up to, but without, another. */
export function searchRange([start, end]: readonly Maybe[], length: number, need: Need): [number, number] {
  const bound = (value: Maybe): number => {
    const number = need.int32(value, 40096);
    if (number < 0) throw need.error(40097, `positions must not be negative: ${number}`);
    return number;
  };
  return [start === undefined ? 0 : bound(start), end === undefined ? length : Math.min(bound(end), length)];
}

const LONGEST_RANGE = 5_000_000;

function range([from, to, by]: Maybe[], need: Need): Maybe {
  const start = need.int32(from, 34443, 34444);
  const end = need.int32(to, 34445, 34446);
  const step = by === undefined ? 1 : need.int32(by, 34447, 34448);
  if (step === 0) throw need.error(34449, 'the step must not be zero');
  const length = Math.max(0, Math.ceil((end - start) / step));
  if (length > LONGEST_RANGE) throw need.error(146, 'the list would use too much memory');
  return Array.from({ length }, (_, i) => int(start + i * step));
}

/** What $filter, $map and $reduce share: the list they go through, or null when there is none. */
function overList(
  input: Expression,
  code: number,
  name: string,
  run: (items: Value[], ...given: Parameters<Expression>) => Maybe,
): Expression {
  const need = new Need(name);
  return (...given) => {
    const list = input(...given);
    return isNullish(list) ? null : run(need.array(list, code), ...given);
  };
}

/** A part of such an operator that sees the current item, and perhaps more, under names. */
function compileEach(
  spec: Value | undefined,
  compile: Compile,
  names: readonly string[],
): (given: Parameters<Expression>, ...values: Maybe[]) => Maybe {
  const expression = compile(spec ?? null, new Map(names.map((name) => [name, variable(name)])));
  return ([root, variables], ...values) => {
    const inner: Variables = new Map([
      ...variables,
      ...names.map((name, i): [string, Maybe] => [name, values[i]]),
    ]);
    return expression(root, inner);
  };
}

const itemName = (value: Maybe): string =>
  value === undefined ? 'this' : checkedName(typeof value === 'string' ? value : '');

function filter(argument: Value, compile: Compile, name: string): Expression {
  const names: Names = {
    required: ['input', 'cond'],
    optional: ['as', 'limit'],
    codes: [28646, 28647, 28648],
  };
  const parts = namedParts(names, argument, name);
  const isKept = compileEach(parts.get('cond'), compile, [itemName(parts.get('as'))]);
  const limit = compile(parts.get('limit') ?? null);
  return overList(compile(parts.get('input') ?? null), 28651, name, (items, ...given) => {
    const most = items.length ? limitOf(limit(...given), new Need(name)) : 0;
    const out: Value[] = [];
    for (const item of items) {
      if (out.length >= most) break;
      if (isTrue(isKept(given, item))) out.push(item);
    }
    return out;
  });
}

function limitOf(value: Maybe, need: Need): number {
  if (isNullish(value)) return Infinity;
  const limit = need.int32(value, 327391);
  if (limit <= 0) throw need.error(327392, `the limit must be greater than 0: ${limit}`);
  return limit;
}

function map(argument: Value, compile: Compile, name: string): Expression {
  const names: Names = { required: ['input', 'in'], optional: ['as'], codes: [16878, 16879, 16880] };
  const parts = namedParts(names, argument, name);
  const each = compileEach(parts.get('in'), compile, [itemName(parts.get('as'))]);
  return overList(compile(parts.get('input') ?? null), 16883, name, (items, ...given) =>
    items.map((item) => each(given, item) ?? null),
  );
}

function reduce(argument: Value, compile: Compile, name: string): Expression {
  const names: Names = { required: ['input', 'initialValue', 'in'], codes: [40075, 40076, 40077] };
  const parts = namedParts(names, argument, name);
  const initial = compile(parts.get('initialValue') ?? null);
  const each = compileEach(parts.get('in'), compile, ['this', 'value']);
  return overList(compile(parts.get('input') ?? null), 40080, name, (items, ...given) =>
    items.reduce<Maybe>((value, item) => each(given, item, value), initial(...given)),
  );
}

function sortArray(argument: Value, compile: Compile, name: string): Expression {
  const names: Names = { required: ['input', 'sortBy'], codes: [2942500, 2942501, 2942502] };
  const parts = namedParts(names, argument, name);
  const by = parts.get('sortBy') ?? null;
  const order = isDoc(by) ? compareByPattern(by) : compareWhole(directionOf(by, 2942507));
  return overList(compile(parts.get('input') ?? null), 2942504, name, (items) => [...items].sort(order));
}
