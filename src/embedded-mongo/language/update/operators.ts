import { Int32, Timestamp } from 'bson';
import { compare } from '../../bson/compare.js';
import { add, isNaNValue, multiply } from '../../bson/number.js';
import { clone, isDoc, isNumeric, type Numeric, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { arrayOperators } from './array-operators.js';
import type { Target } from './paths.js';
import type { UpdateOperator } from './types.js';

const set: UpdateOperator = { compile: (operand) => (target) => target.write(clone(operand)) };

/** Operators that change one field each; $rename is handled where paths are. */
export const updateOperators: Readonly<Record<string, UpdateOperator>> = {
  ...arrayOperators,
  $set: set,
  $setOnInsert: set,
  $unset: { missing: 'ignore', compile: () => (target) => target.remove() },
  $inc: calculated(add, (operand) => operand),
  $mul: calculated(multiply, (operand) => multiply(operand, new Int32(0)) ?? new Int32(0)),
  $min: extreme(-1),
  $max: extreme(1),
  $currentDate: {
    compile: (operand, { now }) => {
      const kind = isDoc(operand) ? operand.get('$type') : typeof operand === 'boolean' && 'date';
      if (kind !== 'date' && kind !== 'timestamp')
        throw new MongoError(2, "$currentDate takes true, {$type: 'date'} or {$type: 'timestamp'}");
      const seconds = Math.floor(now.getTime() / 1000);
      return (target) => target.write(kind === 'timestamp' ? new Timestamp({ t: seconds, i: 1 }) : now);
    },
  },
};

function calculated(calculate: typeof add, initial: (operand: Numeric) => Numeric): UpdateOperator {
  return {
    compile: (operand) => {
      if (!isNumeric(operand))
        throw new MongoError(14, `Cannot calculate with a non-numeric argument of type ${typeName(operand)}`);
      return (target) => {
        const current = target.read();
        const result =
          current === undefined ? initial(operand) : calculatedAt(target, current, operand, calculate);
        // To the server -0 that becomes 0 is no change.
        if (result !== current) target.write(result);
      };
    },
  };
}

function calculatedAt(target: Target, current: Value, operand: Numeric, calculate: typeof add): Numeric {
  if (!isNumeric(current))
    throw new MongoError(14, `Cannot calculate with the field '${target.path}' of type ${typeName(current)}`);
  const result = calculate(current, operand);
  if (result === undefined)
    throw new MongoError(2, `The result for '${target.path}' does not fit in 64 bits`);
  if (isNaNValue(result)) target.counted = true;
  return result;
}

function extreme(direction: 1 | -1): UpdateOperator {
  return {
    compile: (operand) => (target) => {
      const current = target.read();
      if (current === undefined || compare(operand, current) * direction > 0) target.write(clone(operand));
    },
  };
}
