import { compare, isTrue } from '../../bson/compare.js';
import { int } from '../../bson/number.js';
import { isArray, isDoc, isNullish, isNumeric, type Maybe, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { isConstant } from './constant.js';
import { argumentList, binary, namedParts, unary } from './arguments.js';
import type { Compile, Evaluation, Expression, OperatorCompiler, Operators } from './types.js';

const comparison = (holds: (order: number) => boolean): OperatorCompiler =>
  binary((a, b) => holds(compare(a, b)));

const NO_DOCUMENT: Evaluation = { root: new Map(), variables: new Map(), now: new Date(0) };

export const logic: Operators = {
  $cmp: binary((a, b) => int(Math.sign(compare(a, b)))),
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $and: junction(false),
  $or: junction(true),
  $not: unary((value) => !isTrue(value)),
  $cond: condition,
  $ifNull: ifNull,
  $switch: switchCase,
  $let: letIn,
  $literal: (argument) => () => argument,
  $type: unary((value) => typeName(value)),
  $isNumber: unary((value) => isNumeric(value)),
};

/** $and and $or. Like the server's optimiser it does not evaluate the rest when a constant decides. */
function junction(decisive: boolean): OperatorCompiler {
  return (argument, compile) => {
    const parts = argumentList(argument, compile);
    const fixed = (isArray(argument) ? argument : [argument]).map(isConstant);
    const decided = parts.some((part, i) => fixed[i] === true && isTrue(part(NO_DOCUMENT)) === decisive);
    if (decided) return () => decisive;
    return (evaluation) =>
      parts.some((part) => isTrue(part(evaluation)) === decisive) ? decisive : !decisive;
  };
}

function condition(argument: Value, compile: Compile): Expression {
  const [test, then, otherwise] = isArray(argument) ? conditionList(argument) : conditionNames(argument);
  const parts = [compile(test), compile(then), compile(otherwise)] as const;
  return (evaluation) => (isTrue(parts[0](evaluation)) ? parts[1](evaluation) : parts[2](evaluation));
}

function conditionList(argument: Value[]): [Value, Value, Value] {
  const [test, then, otherwise] = argument;
  if (argument.length !== 3 || test === undefined || then === undefined || otherwise === undefined) {
    throw new MongoError(
      16020,
      `Expression $cond takes exactly 3 arguments. ${argument.length} were passed in.`,
    );
  }
  return [test, then, otherwise];
}

function conditionNames(argument: Value): [Value, Value, Value] {
  const parts = new Map(
    namedParts(
      { required: ['if', 'then', 'else'], codes: { notObject: 16020, unknown: 17083, missing: 17080 } },
      argument,
      '$cond',
    ),
  );
  return [parts.get('if') ?? null, parts.get('then') ?? null, parts.get('else') ?? null];
}

function ifNull(argument: Value, compile: Compile): Expression {
  const parts = argumentList(argument, compile);
  if (parts.length < 2) throw new MongoError(1257300, '$ifNull needs at least two arguments, had: 1');
  return (evaluation) => {
    let value: Maybe;
    for (const part of parts) {
      value = part(evaluation);
      if (!isNullish(value)) return value;
    }
    return value;
  };
}

function switchCase(argument: Value, compile: Compile): Expression {
  if (!isDoc(argument))
    throw new MongoError(40060, `$switch requires an object as an argument, found: ${typeName(argument)}`);
  const listed = argument.get('branches');
  if (!isArray(listed))
    throw new MongoError(40061, `$switch expected an array for 'branches', found: ${typeName(listed)}`);
  for (const key of argument.keys()) {
    if (key !== 'branches' && key !== 'default')
      throw new MongoError(40067, `$switch found an unknown argument: ${key}`);
  }
  const branches = listed.map((branch) => switchBranch(branch, compile));
  const last = argument.get('default');
  const otherwise = last === undefined ? undefined : compile(last);
  if (!branches.length) throw new MongoError(40068, '$switch requires at least one branch.');
  // The server notices while it optimises when no branch can ever be taken.
  const fixed = listed.every((branch) => isDoc(branch) && isConstant(branch.get('case') ?? null));
  return (evaluation) => {
    for (const branch of branches) if (isTrue(branch.test(evaluation))) return branch.then(evaluation);
    if (otherwise) return otherwise(evaluation);
    throw new MongoError(
      fixed ? 40069 : 40066,
      '$switch could not find a matching branch for an input, and no default was specified.',
    );
  };
}

function switchBranch(branch: Value, compile: Compile): { test: Expression; then: Expression } {
  if (!isDoc(branch))
    throw new MongoError(40062, `$switch expected each branch to be an object, found: ${typeName(branch)}`);
  const test = branch.get('case');
  const then = branch.get('then');
  if (test === undefined)
    throw new MongoError(40064, "$switch requires each branch have a 'case' expression");
  if (then === undefined)
    throw new MongoError(40065, "$switch requires each branch have a 'then' expression.");
  if (branch.size > 2) throw new MongoError(40063, '$switch found an unknown argument to a branch');
  return { test: compile(test), then: compile(then) };
}

function letIn(argument: Value, compile: Compile): Expression {
  const parts = new Map(
    namedParts(
      { required: ['vars', 'in'], codes: { notObject: 16874, unknown: 16875, missing: 16876 } },
      argument,
      '$let',
    ),
  );
  const named = parts.get('vars');
  if (!isDoc(named)) throw new MongoError(10065, 'invalid parameter: expected an object (vars)');
  const bound = [...named].map(([name, value]) => [checkedName(name), compile(value)] as const);
  const body = compile(parts.get('in') ?? null, [...named.keys()]);
  return (evaluation) => {
    const variables = new Map(evaluation.variables);
    for (const [name, value] of bound) variables.set(name, value(evaluation));
    return body({ ...evaluation, variables });
  };
}

/** A name a user may give to a variable. */
export function checkedName(name: string): string {
  if (!/^[a-z\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*$/.test(name)) {
    throw new MongoError(16867, `'${name}' starts with an invalid character for a user variable name`);
  }
  return name;
}
