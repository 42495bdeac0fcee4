import { Int32, Timestamp } from 'bson';
import { compare } from '../../bson/compare.js';
import { add, multiply } from '../../bson/number.js';
import { show } from '../../bson/show.js';
import {
  clone,
  type Doc,
  isDoc,
  isNumeric,
  type Maybe,
  type Numeric,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { arrayOperators } from './array-operators.js';
import { readChild, writeChild } from './paths.js';
import type { UpdateOperator } from './types.js';

const set: UpdateOperator['apply'] = ({ container, name }, operand) =>
  writeChild(container, name, clone(operand));

/** Operators that change one field each; $rename is handled where paths are. */
export const updateOperators: Record<string, UpdateOperator> = {
  ...arrayOperators,
  $set: { apply: set },
  $setOnInsert: { apply: set },
  $unset: {
    missing: 'ignore',
    apply: ({ container, name }) => {
      if (!Array.isArray(container)) container.delete(name);
      else if (Number(name) < container.length) container[Number(name)] = null;
    },
  },
  $inc: {
    check: (operand) => needsNumber('increment', operand),
    apply: calculated('$inc', add, (operand) => operand),
  },
  $mul: {
    check: (operand) => needsNumber('multiply', operand),
    apply: calculated('$mul', multiply, zeroLike),
  },
  $min: { apply: extreme(-1) },
  $max: { apply: extreme(1) },
  $currentDate: {
    check: (operand) => {
      if (typeof operand === 'boolean' || dateKind(operand) !== undefined) return;
      throw new MongoError(
        2,
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
    },
    apply: ({ container, name }, operand, { now }) => {
      const stamp = dateKind(operand) === 'timestamp';
      writeChild(container, name, stamp ? new Timestamp({ t: Math.floor(now.getTime() / 1000), i: 1 }) : now);
    },
  },
};

function dateKind(operand: Value): 'date' | 'timestamp' | undefined {
  const kind = isDoc(operand) ? operand.get('$type') : undefined;
  return kind === 'date' || kind === 'timestamp' ? kind : undefined;
}

function needsNumber(verb: string, operand: Value): void {
  if (!isNumeric(operand))
    throw new MongoError(14, `Cannot ${verb} with non-numeric argument: ${show(operand)}`);
}

function zeroLike(operand: Numeric): Numeric {
  return multiply(operand, new Int32(0)) ?? new Int32(0);
}

function calculated(
  operator: string,
  calculate: typeof add,
  initial: (operand: Numeric) => Numeric,
): UpdateOperator['apply'] {
  return ({ container, name, document }, operand) => {
    if (!isNumeric(operand)) return;
    const current: Maybe = readChild(container, name);
    if (current === undefined) {
      writeChild(container, name, initial(operand));
      return;
    }
    if (!isNumeric(current)) throw notNumeric(operator, name, current, document);
    const result = calculate(current, operand);
    if (result === undefined) {
      throw new MongoError(
        2,
        `Failed to apply ${operator} operations to current value (${show(current)}) for document {_id: ${show(document.get('_id'))}}`,
      );
    }
    writeChild(container, name, result);
  };
}

const notNumeric = (operator: string, name: string, value: Value, document: Doc): MongoError =>
  new MongoError(
    14,
    `Cannot apply ${operator} to a value of non-numeric type. {_id: ${show(document.get('_id'))}} has the field '${name}' of non-numeric type ${typeName(value)}`,
  );

function extreme(direction: 1 | -1): UpdateOperator['apply'] {
  return ({ container, name }, operand) => {
    const current = readChild(container, name);
    if (current === undefined || compare(operand, current) * direction > 0)
      writeChild(container, name, clone(operand));
  };
}
