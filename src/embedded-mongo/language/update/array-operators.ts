import { equal } from '../../bson/compare.js';
import { toNumber } from '../../bson/number.js';
import {
  clone,
  type Doc,
  doc,
  isArray,
  isDoc,
  isNumeric,
  isRegex,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { operatorOf } from '../match-conditions.js';
import { compileFilter, type MatchContext } from '../match.js';
import { compareByPattern, compareWhole, directionOf } from '../sort-pattern.js';
import type { Target } from './paths.js';
import type { UpdateOperator } from './types.js';

export const arrayOperators: Readonly<Record<string, UpdateOperator>> = {
  $push: { compile: push },
  $addToSet: { compile: addToSet },
  $pop: { missing: 'expect', compile: pop },
  $pull: {
    missing: 'expect',
    compile: (operand, context) => {
      const unwanted = pullTest(operand, context);
      return (target) => removeFrom(target, unwanted);
    },
  },
  $pullAll: {
    missing: 'expect',
    compile: (operand) => {
      const unwanted = arrayOperand('$pullAll', operand, 2);
      return (target) => removeFrom(target, (element) => unwanted.some((value) => equal(element, value)));
    },
  },
};

function arrayOperand(what: string, operand: Value | undefined, code: number): Value[] {
  if (!isArray(operand)) throw new MongoError(code, `${what} needs an array, not ${typeName(operand)}`);
  return operand;
}

/** The array at a place; an empty one is put where there is nothing. */
function listAt(target: Target): Value[] {
  const current = target.read();
  if (current !== undefined) return arrayOperand(`The field '${target.path}'`, current, 2);
  const created: Value[] = [];
  target.write(created);
  return created;
}

function push(operand: Value): (target: Target) => void {
  if (!isDoc(operand) || !operand.has('$each')) return (target) => void listAt(target).push(clone(operand));
  const values = arrayOperand('$each', operand.get('$each'), 2);
  for (const clause of operand.keys())
    if (!['$each', '$position', '$slice', '$sort'].includes(clause))
      throw new MongoError(2, `Unrecognized clause in $push: ${clause}`);
  const [position, slice, order] = [
    wholeClause(operand, '$position'),
    wholeClause(operand, '$slice'),
    orderOf(operand),
  ];
  return (target) => {
    const list = listAt(target);
    const before = list.length;
    const at = position ?? list.length;
    list.splice(at < 0 ? Math.max(0, list.length + at) : at, 0, ...values.map(clone));
    if (order) list.sort(order);
    if (slice !== undefined && slice >= 0) list.splice(slice);
    if (slice !== undefined && slice < 0) list.splice(0, Math.max(0, list.length + slice));
    if (values.length || (order && before)) target.counted = true;
  };
}

function wholeClause(operand: Doc, clause: string): number | undefined {
  const value = operand.get(clause);
  if (value === undefined) return undefined;
  const number = isNumeric(value) ? toNumber(value) : NaN;
  if (!Number.isInteger(number))
    throw new MongoError(2, `${clause} must be a whole number, not ${typeName(value)}`);
  return number;
}

function orderOf(operand: Doc): ((a: Value, b: Value) => number) | undefined {
  const spec = operand.get('$sort');
  if (spec === undefined) return undefined;
  if (!isDoc(spec)) return compareWhole(directionOf(spec, 2));
  if (spec.size === 0)
    throw new MongoError(2, 'The $sort pattern is empty when it should be a set of fields.');
  try {
    return compareByPattern(spec);
  } catch (error) {
    // $push has one code for whatever is wrong with a pattern.
    throw error instanceof MongoError && !error.refused ? new MongoError(2, error.message) : error;
  }
}

function addToSet(operand: Value): (target: Target) => void {
  const isEach = isDoc(operand) && operand.keys().next().value === '$each';
  const values = isEach ? arrayOperand('$each', operand.get('$each'), 14) : [operand];
  if (isEach && operand.size > 1) throw new MongoError(2, 'Found unexpected fields after $each in $addToSet');
  return (target) => {
    const list = listAt(target);
    for (const value of values) if (!list.some((present) => equal(present, value))) list.push(clone(value));
  };
}

function pop(operand: Value): (target: Target) => void {
  const side = directionOf(operand, 9);
  return (target) => {
    if (target.read() === undefined) return;
    const list = arrayOperand(`$pop of '${target.path}'`, target.read(), 14);
    if (side > 0) list.pop();
    else list.shift();
  };
}

function pullTest(operand: Value, context: MatchContext): (element: Value) => boolean {
  const operator = operatorOf(operand);
  if (operator === '$not') throw new MongoError(2, 'unknown top level operator: $not');
  const wholeFilter = operator === '$and' || operator === '$or' || operator === '$nor';
  if ((operator !== undefined && !wholeFilter) || isRegex(operand)) {
    const predicate = compileFilter(doc({ v: operand }), context);
    return (element) => predicate(new Map([['v', element]]));
  }
  if (!isDoc(operand)) return (element) => equal(element, operand);
  const predicate = compileFilter(operand, context);
  return (element) => isDoc(element) && predicate(element);
}

function removeFrom(target: Target, unwanted: (element: Value) => boolean): void {
  if (target.read() === undefined) return;
  const list = arrayOperand(`$pull from '${target.path}'`, target.read(), 2);
  const kept = list.filter((element) => !unwanted(element));
  if (kept.length !== list.length) list.splice(0, list.length, ...kept);
}
