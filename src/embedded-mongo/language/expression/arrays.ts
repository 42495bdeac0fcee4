import { equal, isTrue } from '../../bson/compare.js';
import { int, toNumber } from '../../bson/number.js';
import { isArray, isDoc, isNullish, isNumeric, type Maybe, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { compareByPattern, compareWhole } from '../sort-pattern.js';
import { argumentList, binary, counted, integerOf, lazy, namedParts, unary } from './arguments.js';
import { checkedName } from './logic.js';
import type { Compile, Expression, Operators } from './types.js';

export const arrays: Operators = {
  $size: unary((value) =>
    int(
      arrayOf(value, 17124, `The argument to $size must be an array, but was of type: ${typeName(value)}`)
        .length,
    ),
  ),
  $isArray: unary((value) => isArray(value)),
  $arrayElemAt: binary(elementAt),
  $first: unary((value, name) => (isNullish(value) ? null : argumentOf(value, name, 28689)[0])),
  $last: unary((value, name) => (isNullish(value) ? null : argumentOf(value, name, 28689).at(-1))),
  $slice: counted(2, 3, slice),
  $in: binary((value, list) =>
    arrayOf(list, 40081, `$in requires an array as a second argument, found: ${typeName(list)}`).some(
      (item) => equal(item, value),
    ),
  ),
  $indexOfArray: (argument, compile, name) => {
    const [list] = argumentList(argument, compile);
    const search = counted(2, 4, indexOfArray)(argument, compile, name);
    return (evaluation) => (isNullish(list?.(evaluation)) ? null : search(evaluation));
  },
  $concatArrays: lazy(concatArrays),
  $reverseArray: unary((value) =>
    isNullish(value)
      ? null
      : [
          ...arrayOf(
            value,
            34435,
            `The argument to $reverseArray must be an array, but was of type: ${typeName(value)}`,
          ),
        ].reverse(),
  ),
  $range: counted(2, 3, range),
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $zip: zip,
  $sortArray: sortArray,
};

function arrayOf(value: Maybe, code: number, message: string): Value[] {
  if (!isArray(value)) throw new MongoError(code, message);
  return value;
}

const argumentOf = (value: Maybe, name: string, code: number): Value[] =>
  arrayOf(value, code, `${name}'s first argument must be an array, but is ${typeName(value)}`);

function elementAt(list: Maybe, index: Maybe): Maybe {
  if (isNullish(list) || isNullish(index)) return null;
  const items = argumentOf(list, '$arrayElemAt', 28689);
  if (!isNumeric(index))
    throw new MongoError(
      28690,
      `$arrayElemAt's second argument must be a numeric value, but is ${typeName(index)}`,
    );
  return items.at(integerOf(index, "$arrayElemAt's second argument", 28691));
}

function slice([list, from, count]: Maybe[]): Maybe {
  if (isNullish(list) || isNullish(from) || count === null) return null;
  const items = arrayOf(
    list,
    28724,
    `First argument to $slice must be an array, but is of type: ${typeName(list)}`,
  );
  const start = sliceNumber(from, 'Second', 28725);
  if (count === undefined) return start < 0 ? items.slice(start) : items.slice(0, start);
  const length = sliceNumber(count, 'Third', 28727);
  if (length <= 0) throw new MongoError(28729, `Third argument to $slice must be positive: ${length}`);
  const begin = start < 0 ? Math.max(0, items.length + start) : start;
  return items.slice(begin, begin + length);
}

function sliceNumber(value: Maybe, which: string, code: number): number {
  if (!isNumeric(value))
    throw new MongoError(
      code,
      `${which} argument to $slice must be numeric, but is of type: ${typeName(value)}`,
    );
  return integerOf(value, `${which} argument to $slice`, code + 1);
}

function indexOfArray([list, wanted, start, end]: Maybe[]): Maybe {
  if (isNullish(list)) return null;
  const items = arrayOf(
    list,
    40090,
    `$indexOfArray requires an array as a first argument, found: ${typeName(list)}`,
  );
  const bound = (value: Maybe): number => {
    const number = integerOf(value, '$indexOfArray index', 40096);
    if (number < 0)
      throw new MongoError(40097, `$indexOfArray requires a nonnegative index, found: ${number}`);
    return number;
  };
  const to = end === undefined ? items.length : Math.min(items.length, bound(end));
  for (let i = start === undefined ? 0 : bound(start); i < to; i += 1)
    if (equal(items[i], wanted)) return int(i);
  return int(-1);
}

function concatArrays(lists: Iterable<Maybe>): Maybe {
  const out: Value[] = [];
  for (const list of lists) {
    if (isNullish(list)) return null;
    out.push(...arrayOf(list, 28664, `$concatArrays only supports arrays, not ${typeName(list)}`));
  }
  return out;
}

const LONGEST_RANGE = 5_000_000;

function range([from, to, by]: Maybe[]): Maybe {
  const part = (value: Maybe, which: string, code: number): number => {
    if (!isNumeric(value))
      throw new MongoError(
        code,
        `$range requires a numeric ${which} value, found value of type: ${typeName(value)}`,
      );
    return integerOf(value, `$range's ${which} value`, code + 1);
  };
  const start = part(from, 'starting', 34443);
  const end = part(to, 'ending', 34445);
  const step = by === undefined ? 1 : part(by, 'step', 34447);
  if (step === 0) throw new MongoError(34449, '$range requires a non-zero step value');
  if ((end - start) / step > LONGEST_RANGE) throw new MongoError(146, '$range would use too much memory');
  const out: Value[] = [];
  for (let i = start; step > 0 ? i < end : i > end; i += step) out.push(int(i));
  return out;
}

function filter(argument: Value, compile: Compile): Expression {
  const shape = {
    required: ['input', 'cond'],
    optional: ['as', 'limit'],
    codes: { notObject: 28646, unknown: 28647, missing: 28648 },
  };
  const parts = new Map(namedParts(shape, argument, '$filter'));
  const name = variableName(parts.get('as'));
  const input = compile(parts.get('input') ?? null);
  const test = compile(parts.get('cond') ?? null, [name]);
  const limitSpec = parts.get('limit');
  const limit = limitSpec === undefined ? undefined : compile(limitSpec);
  return (evaluation) => {
    const list = input(evaluation);
    if (isNullish(list)) return null;
    const most = limit ? filterLimit(limit(evaluation)) : Infinity;
    const out: Value[] = [];
    for (const item of arrayOf(list, 28651, `input to $filter must be an array not ${typeName(list)}`)) {
      if (out.length >= most) break;
      if (isTrue(test({ ...evaluation, variables: new Map(evaluation.variables).set(name, item) })))
        out.push(item);
    }
    return out;
  };
}

function filterLimit(value: Maybe): number {
  if (isNullish(value)) return Infinity;
  const limit = integerOf(value, '$filter: limit', 327391);
  if (limit <= 0) throw new MongoError(327392, `$filter: limit must be greater than 0: ${limit}`);
  return limit;
}

const variableName = (value: Maybe): string =>
  value === undefined ? 'this' : checkedName(typeof value === 'string' ? value : '');

function map(argument: Value, compile: Compile): Expression {
  const shape = {
    required: ['input', 'in'],
    optional: ['as'],
    codes: { notObject: 16878, unknown: 16879, missing: 16880 },
  };
  const parts = new Map(namedParts(shape, argument, '$map'));
  const name = variableName(parts.get('as'));
  const input = compile(parts.get('input') ?? null);
  const each = compile(parts.get('in') ?? null, [name]);
  return (evaluation) => {
    const list = input(evaluation);
    if (isNullish(list)) return null;
    return arrayOf(list, 16883, `input to $map must be an array not ${typeName(list)}`).map(
      (item) => each({ ...evaluation, variables: new Map(evaluation.variables).set(name, item) }) ?? null,
    );
  };
}

function reduce(argument: Value, compile: Compile): Expression {
  const shape = {
    required: ['input', 'initialValue', 'in'],
    codes: { notObject: 40075, unknown: 40076, missing: 40077 },
  };
  const parts = new Map(namedParts(shape, argument, '$reduce'));
  const input = compile(parts.get('input') ?? null);
  const initial = compile(parts.get('initialValue') ?? null);
  const each = compile(parts.get('in') ?? null, ['this', 'value']);
  return (evaluation) => {
    const list = input(evaluation);
    if (isNullish(list)) return null;
    let value = initial(evaluation);
    for (const item of arrayOf(
      list,
      40080,
      `$reduce requires that 'input' be an array, found: ${typeName(list)}`,
    )) {
      value = each({
        ...evaluation,
        variables: new Map(evaluation.variables).set('this', item).set('value', value),
      });
    }
    return value;
  };
}

function zip(argument: Value, compile: Compile): Expression {
  const shape = {
    required: ['inputs'],
    optional: ['useLongestLength', 'defaults'],
    codes: { notObject: 34460, unknown: 34464, missing: 34465 },
  };
  const parts = new Map(namedParts(shape, argument, '$zip'));
  const inputs = parts.get('inputs');
  if (!isArray(inputs) || !inputs.length)
    throw new MongoError(34461, `inputs must be an array of expressions, found ${typeName(inputs)}`);
  const lists = inputs.map((input) => compile(input));
  const longest = isTrue(parts.get('useLongestLength'));
  const defaultsSpec = parts.get('defaults');
  if (defaultsSpec !== undefined && !longest) {
    throw new MongoError(34466, 'cannot specify defaults unless useLongestLength is true');
  }
  const defaults = defaultsSpec === undefined ? undefined : compile(defaultsSpec);
  return (evaluation) => {
    const arraysGiven: Value[][] = [];
    for (const input of lists) {
      const list = input(evaluation);
      if (isNullish(list)) return null;
      arraysGiven.push(arrayOf(list, 34468, `$zip found a non-array expression in input: ${typeName(list)}`));
    }
    const lengths = arraysGiven.map((list) => list.length);
    const length = longest ? Math.max(...lengths) : Math.min(...lengths);
    const fill = defaults?.(evaluation);
    return Array.from({ length }, (_, i) =>
      arraysGiven.map((list, k) => list[i] ?? (isArray(fill) ? fill[k] : null) ?? null),
    );
  };
}

function sortArray(argument: Value, compile: Compile): Expression {
  const shape = {
    required: ['input', 'sortBy'],
    codes: { notObject: 2942500, unknown: 2942501, missing: 2942502 },
  };
  const parts = new Map(namedParts(shape, argument, '$sortArray'));
  const input = compile(parts.get('input') ?? null);
  const by = parts.get('sortBy');
  const order = isDoc(by) ? compareByPattern(by) : compareWhole(directionOf(by));
  return (evaluation) => {
    const list = input(evaluation);
    if (isNullish(list)) return null;
    return [
      ...arrayOf(
        list,
        2942504,
        `The input argument to $sortArray must be an array, but was of type: ${typeName(list)}`,
      ),
    ].sort(order);
  };
}

function directionOf(by: Maybe): number {
  const direction = isNumeric(by) ? toNumber(by) : 0;
  if (direction !== 1 && direction !== -1)
    throw new MongoError(2942507, '$sortArray requires sortBy to be 1, -1 or an object');
  return direction;
}
