import { compare } from '../../bson/compare.js';
import { hashKey } from '../../bson/hash-key.js';
import { type Doc, isArray, isNullish, isNumeric, type Maybe, type Value } from '../../bson/value.js';
import { argumentList } from './arguments.js';
import { Need } from './need.js';
import { Summation } from './summation.js';
import type { OperatorCompiler, Operators } from './types.js';

/** Collects values into one: a field of a group, or the arguments of an expression. */
export interface Accumulator {
  add(value: Maybe): void;
  result(): Maybe;
}

export const ACCUMULATORS = {
  $sum: () => numeric((total) => total.sum()),
  $avg: () => numeric((total) => total.average() ?? null),
  $min: () => extreme(-1),
  $max: () => extreme(1),
  $mergeObjects: merging,
  $first: () => chosen((kept, value) => kept ?? { value }),
  $last: () => chosen((_kept, value) => ({ value })),
  $push: () => {
    const values: Value[] = [];
    return {
      add: (value: Maybe) => {
        if (value !== undefined) values.push(value);
      },
      result: () => values,
    };
  },
  $addToSet: () => {
    const values = new Map<string, Value>();
    return {
      add: (value: Maybe) => {
        const key = hashKey(value);
        if (value !== undefined && !values.has(key)) values.set(key, value);
      },
      result: () => [...values.values()],
    };
  },
} satisfies Record<string, () => Accumulator>;

/** Over the arguments, or over the one array that is the argument. */
const over =
  (make: () => Accumulator): OperatorCompiler =>
  (argument, compile) => {
    const parts = argumentList(argument, compile);
    return (root, variables) => {
      const values = parts.map((part) => part(root, variables));
      const [only] = values;
      const accumulator = make();
      for (const value of values.length === 1 && isArray(only) ? only : values) accumulator.add(value);
      return accumulator.result();
    };
  };

export const accumulating: Operators = {
  $sum: over(ACCUMULATORS.$sum),
  $avg: over(ACCUMULATORS.$avg),
  $min: over(ACCUMULATORS.$min),
  $max: over(ACCUMULATORS.$max),
  $mergeObjects: over(ACCUMULATORS.$mergeObjects),
};

function numeric(finish: (total: Summation) => Maybe): Accumulator {
  const total = new Summation();
  return {
    add: (value) => {
      if (isNumeric(value)) total.add(value);
    },
    result: () => finish(total),
  };
}

/** The least (-1) or greatest (1) of the values that are not null; null when there is none. */
function extreme(direction: 1 | -1): Accumulator {
  let best: Maybe = null;
  return {
    add: (value) => {
      if (!isNullish(value) && (best === null || compare(value, best) * direction > 0)) best = value;
    },
    result: () => best,
  };
}

interface Kept {
  readonly value: Maybe;
}

function chosen(choose: (kept: Kept | undefined, value: Maybe) => Kept): Accumulator {
  let kept: Kept | undefined;
  return { add: (value) => void (kept = choose(kept, value)), result: () => kept?.value ?? null };
}

function merging(): Accumulator {
  const need = new Need('$mergeObjects');
  const merged: Doc = new Map();
  return {
    add: (value) => {
      if (isNullish(value)) return;
      for (const [name, inner] of need.document(value, 40400)) merged.set(name, inner);
    },
    result: () => merged,
  };
}
