import { equal } from '../../bson/compare.js';
import { toNumber } from '../../bson/number.js';
import { show } from '../../bson/show.js';
import {
  clone,
  type Doc,
  doc,
  isArray,
  isDoc,
  isNumeric,
  isRegex,
  type Maybe,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { compileFilter, isOperators, type MatchContext } from '../match.js';
import { compareByPattern, compareWhole } from '../sort-pattern.js';
import { readChild, writeChild } from './paths.js';
import type { Target, UpdateOperator } from './types.js';

export const arrayOperators: Record<string, UpdateOperator> = {
  $push: { check: (operand) => void pushOf(operand), apply: push },
  $addToSet: { check: (operand) => void addedValues(operand), apply: addToSet },
  $pop: { missing: 'expect', check: (operand) => void popSide(operand), apply: pop },
  $pull: { missing: 'expect', check: (operand, context) => void pullTest(operand, context), apply: pull },
  $pullAll: {
    missing: 'expect',
    check: (operand) => {
      if (!isArray(operand))
        throw new MongoError(2, `$pullAll requires an array argument but was given a ${typeName(operand)}`);
    },
    apply: (target, operand) =>
      removeFrom(
        target,
        (element) => isArray(operand) && operand.some((unwanted) => equal(element, unwanted)),
      ),
  },
};

interface Push {
  readonly values: Value[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly order: ((a: Value, b: Value) => number) | undefined;
}

function pushOf(operand: Value): Push {
  if (!isDoc(operand) || !operand.has('$each'))
    return { values: [operand], position: undefined, slice: undefined, order: undefined };
  const values = operand.get('$each');
  if (!isArray(values))
    throw new MongoError(
      2,
      `The argument to $each in $push must be an array but it was of type: ${typeName(values)}`,
    );
  for (const clause of operand.keys()) {
    if (!['$each', '$position', '$slice', '$sort'].includes(clause))
      throw new MongoError(2, `Unrecognized clause in $push: ${clause}`);
  }
  return {
    values,
    position: clauseNumber(operand, '$position'),
    slice: clauseNumber(operand, '$slice'),
    order: orderOf(operand.get('$sort')),
  };
}

function clauseNumber(operand: Doc, clause: string): number | undefined {
  const value = operand.get(clause);
  if (value === undefined) return undefined;
  const number = isNumeric(value) ? toNumber(value) : NaN;
  if (!Number.isInteger(number))
    throw new MongoError(
      2,
      `The value for ${clause} must be an integer value but was given type: ${typeName(value)}`,
    );
  return number;
}

function orderOf(spec: Maybe): Push['order'] {
  if (spec === undefined) return undefined;
  if (isDoc(spec)) {
    if (spec.size === 0)
      throw new MongoError(2, 'The $sort pattern is empty when it should be a set of fields.');
    try {
      return compareByPattern(spec);
    } catch (error) {
      throw error instanceof MongoError && error.code !== 2 ? new MongoError(2, error.message) : error;
    }
  }
  const direction = isNumeric(spec) ? toNumber(spec) : 0;
  if (direction !== 1 && direction !== -1)
    throw new MongoError(2, 'The $sort element value must be either 1 or -1');
  return compareWhole(direction);
}

function arrayAt({ container, name, document, path }: Target, missing: string): Value[] {
  const current = readChild(container, name);
  if (isArray(current)) return current;
  if (current !== undefined) {
    throw new MongoError(
      2,
      missing === '$push'
        ? `The field '${path}' must be an array but is of type ${typeName(current)} in document {_id: ${show(document.get('_id'))}}`
        : `Cannot apply $addToSet to non-array field. Field named '${name}' has non-array type ${typeName(current)}`,
    );
  }
  const created: Value[] = [];
  writeChild(container, name, created);
  return created;
}

function push(target: Target, operand: Value): void {
  const { values, position, slice, order } = pushOf(operand);
  const list = arrayAt(target, '$push');
  const at =
    position === undefined ? list.length : position < 0 ? Math.max(0, list.length + position) : position;
  list.splice(Math.min(at, list.length), 0, ...values.map(clone));
  if (order) list.sort(order);
  if (slice === undefined) return;
  if (slice >= 0) list.length = Math.min(list.length, slice);
  else list.splice(0, Math.max(0, list.length + slice));
}

function addedValues(operand: Value): Value[] {
  if (!isDoc(operand) || operand.keys().next().value !== '$each') return [operand];
  const values = operand.get('$each');
  if (!isArray(values))
    throw new MongoError(
      14,
      `The argument to $each in $addToSet must be an array but it was of type ${typeName(values)}`,
    );
  if (operand.size > 1)
    throw new MongoError(2, `Found unexpected fields after $each in $addToSet: ${show(operand)}`);
  return values;
}

function addToSet(target: Target, operand: Value): void {
  const list = arrayAt(target, '$addToSet');
  for (const value of addedValues(operand)) {
    if (!list.some((present) => equal(present, value))) list.push(clone(value));
  }
}

function popSide(operand: Value): 1 | -1 {
  const side = isNumeric(operand) ? toNumber(operand) : 0;
  if (side !== 1 && side !== -1) throw new MongoError(9, `$pop expects 1 or -1, found: ${show(operand)}`);
  return side;
}

function pop({ container, name, path }: Target, operand: Value): void {
  const list = readChild(container, name);
  if (list === undefined) return;
  if (!isArray(list))
    throw new MongoError(14, `Path '${path}' contains an element of non-array type '${typeName(list)}'`);
  if (popSide(operand) > 0) list.pop();
  else list.shift();
}

function pullTest(operand: Value, context: MatchContext): (element: Value) => boolean {
  if (isOperators(operand) && operand.keys().next().value === '$not')
    throw new MongoError(
      2,
      'unknown top level operator: $not. If you are trying to negate an entire expression, use $nor.',
    );
  if (isOperators(operand) || isRegex(operand)) {
    const predicate = compileFilter(doc({ v: operand }), context);
    return (element) => predicate(new Map([['v', element]]));
  }
  if (!isDoc(operand)) return (element) => equal(element, operand);
  const predicate = compileFilter(operand, context);
  return (element) => isDoc(element) && predicate(element);
}

function pull(target: Target, operand: Value, context: MatchContext): void {
  removeFrom(target, pullTest(operand, context));
}

function removeFrom({ container, name }: Target, unwanted: (element: Value) => boolean): void {
  const list = readChild(container, name);
  if (list === undefined) return;
  if (!isArray(list)) throw new MongoError(2, 'Cannot apply $pull to a non-array value');
  const kept = list.filter((element) => !unwanted(element));
  if (kept.length !== list.length) list.splice(0, list.length, ...kept);
}
