import { compare } from '../../bson/compare.js';
import { hashKey } from '../../bson/hash-key.js';
import { integer } from '../../bson/number.js';
import {
  type Doc,
  isArray,
  isDoc,
  isNullish,
  isNumeric,
  type Maybe,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { compileExpression } from '../expression/compile.js';
import { Summation } from '../expression/summation.js';
import type { Evaluation, Expression } from '../expression/types.js';

/** Collects one field of one group. */
export interface Accumulator {
  add(evaluation: Evaluation): void;
  result(): Maybe;
}

type Maker = (expression: Expression) => Accumulator;

const MAKERS: Record<string, Maker> = {
  $sum: (expression) => numeric(expression, (total) => total.sum()),
  $avg: (expression) => numeric(expression, (total) => total.average() ?? null),
  $min: (expression) => extreme(expression, -1),
  $max: (expression) => extreme(expression, 1),
  $first: (expression) => {
    let first: { value: Maybe } | undefined;
    return {
      add: (evaluation) => void (first ??= { value: expression(evaluation) }),
      result: () => first?.value ?? null,
    };
  },
  $last: (expression) => {
    let last: Maybe;
    return { add: (evaluation) => void (last = expression(evaluation)), result: () => last ?? null };
  },
  $push: (expression) => {
    const values: Value[] = [];
    return {
      add: (evaluation) => {
        const value = expression(evaluation);
        if (value !== undefined) values.push(value);
      },
      result: () => values,
    };
  },
  $addToSet: (expression) => {
    const values = new Map<string, Value>();
    return {
      add: (evaluation) => {
        const value = expression(evaluation);
        if (value !== undefined && !values.has(hashKey(value))) values.set(hashKey(value), value);
      },
      result: () => [...values.values()],
    };
  },
  $mergeObjects: merging,
};

const UNSUPPORTED = new Set(
  '$stdDevPop $stdDevSamp $top $topN $bottom $bottomN $firstN $lastN $maxN $minN $median $percentile $accumulator $concatArrays $setUnion'.split(
    ' ',
  ),
);

/** Compiles the accumulator of a $group field into a maker of one per group. */
export function compileAccumulator(
  field: string,
  spec: Value,
  scope: ReadonlySet<string>,
): () => Accumulator {
  if (field.includes('.')) throw new MongoError(40235, `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$'))
    throw new MongoError(40236, `The field name '${field}' cannot be an operator name`);
  if (!isDoc(spec)) throw new MongoError(40234, `The field '${field}' must be an accumulator object`);
  const [entry] = spec;
  if (!entry || spec.size !== 1)
    throw new MongoError(40238, `The field '${field}' must specify one accumulator`);
  const [name, argument] = entry;
  if (name === '$count') return countMaker(argument);
  const maker = Object.hasOwn(MAKERS, name) ? MAKERS[name] : undefined;
  if (!maker)
    throw UNSUPPORTED.has(name)
      ? refusal(`the accumulator ${name}`, 15952)
      : new MongoError(15952, `unknown group operator '${name}'`);
  if (isArray(argument) && argument.length !== 1)
    throw new MongoError(40237, `The ${name} accumulator is a unary operator`);
  const [only] = isArray(argument) ? argument : [argument];
  const expression = compileExpression(only ?? null, scope);
  return () => maker(expression);
}

function countMaker(argument: Value): () => Accumulator {
  if (!isDoc(argument) || argument.size > 0)
    throw new MongoError(2, '$count takes no arguments, i.e. $count:{}');
  return () => {
    let count = 0;
    return { add: () => void (count += 1), result: () => integer(count) };
  };
}

function numeric(expression: Expression, finish: (total: Summation) => Maybe): Accumulator {
  const total = new Summation();
  return {
    add: (evaluation) => {
      const value = expression(evaluation);
      if (isNumeric(value)) total.add(value);
    },
    result: () => finish(total),
  };
}

function extreme(expression: Expression, direction: 1 | -1): Accumulator {
  let best: Maybe = null;
  return {
    add: (evaluation) => {
      const value = expression(evaluation);
      if (!isNullish(value) && (best === null || compare(value, best) * direction > 0)) best = value;
    },
    result: () => best,
  };
}

function merging(expression: Expression): Accumulator {
  const merged: Doc = new Map();
  return {
    add: (evaluation) => {
      const value = expression(evaluation);
      if (isNullish(value)) return;
      if (!isDoc(value))
        throw new MongoError(
          40400,
          `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`,
        );
      for (const [name, inner] of value) merged.set(name, inner);
    },
    result: () => merged,
  };
}
