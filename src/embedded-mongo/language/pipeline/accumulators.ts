import { integer } from '../../bson/number.js';
import { type Doc, isArray, isDoc, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { type Accumulator, ACCUMULATORS } from '../expression/accumulators.js';
import { compileFor } from '../expression/compile.js';
import { UNSUPPORTED_EXPRESSIONS } from '../expression/unsupported.js';
import type { MatchContext } from '../match.js';

/** One field of one group. */
export interface GroupField {
  add(root: Doc): void;
  readonly result: Accumulator['result'];
}

const KNOWN: Readonly<Record<string, () => Accumulator>> = ACCUMULATORS;

/** Compiles the accumulator of a $group field into a maker of one per group. */
export function compileAccumulator(field: string, spec: Value, context: MatchContext): () => GroupField {
  if (field.includes('.')) throw new MongoError(40235, `The field name '${field}' cannot contain '.'`);
  if (field.startsWith('$'))
    throw new MongoError(40236, `The field name '${field}' cannot be an operator name`);
  if (!isDoc(spec)) throw new MongoError(40234, `The field '${field}' must be an accumulator object`);
  const [entry] = spec;
  if (!entry || spec.size !== 1)
    throw new MongoError(40238, `The field '${field}' must specify one accumulator`);
  const [name, argument] = entry;
  if (name === '$count') return countMaker(argument);
  const make = Object.hasOwn(KNOWN, name) ? KNOWN[name] : undefined;
  if (!make)
    throw UNSUPPORTED_EXPRESSIONS.has(name)
      ? refusal(`the accumulator ${name}`, 15952)
      : new MongoError(15952, `unknown group operator '${name}'`);
  if (isArray(argument) && argument.length !== 1)
    throw new MongoError(40237, `${name} is a unary operator here`);
  const [only] = isArray(argument) ? argument : [argument];
  const expression = compileFor(only ?? null, context);
  return () => {
    const accumulator = make();
    return { add: (root) => accumulator.add(expression(root)), result: () => accumulator.result() };
  };
}

function countMaker(argument: Value): () => GroupField {
  if (!isDoc(argument) || argument.size > 0)
    throw new MongoError(2, '$count takes no arguments, i.e. $count:{}');
  return () => {
    let count = 0;
    return { add: () => void (count += 1), result: () => integer(count) };
  };
}
