import { compare } from '../../bson/compare.js';
import { isArray, isNullish, isNumeric, type Maybe } from '../../bson/value.js';
import { argumentList } from './arguments.js';
import { Summation } from './summation.js';
import type { OperatorCompiler, Operators } from './types.js';

/** $sum, $avg, $min and $max used as expressions: over their arguments, or over the one array they are given. */
const over =
  (apply: (values: Maybe[]) => Maybe): OperatorCompiler =>
  (argument, compile) => {
    const parts = argumentList(argument, compile);
    return (evaluation) => {
      const values = parts.map((part) => part(evaluation));
      const [only] = values;
      return apply(values.length === 1 && isArray(only) ? only : values);
    };
  };

export const accumulating: Operators = {
  $sum: over((values) => total(values).sum()),
  $avg: over((values) => total(values).average() ?? null),
  $min: over((values) => extreme(values, -1)),
  $max: over((values) => extreme(values, 1)),
};

function total(values: Maybe[]): Summation {
  const out = new Summation();
  for (const value of values) if (isNumeric(value)) out.add(value);
  return out;
}

/** The least (-1) or greatest (1) of the values that are not null; null when there is none. */
function extreme(values: Maybe[], direction: 1 | -1): Maybe {
  let best: Maybe = null;
  for (const value of values) {
    if (isNullish(value)) continue;
    if (best === null || compare(value, best) * direction > 0) best = value;
  }
  return best;
}
