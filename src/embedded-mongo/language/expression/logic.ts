import { compare, isTrue } from '../../bson/compare.js';
import { int } from '../../bson/number.js';
import { isArray, isNullish, isNumeric, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { argumentList, namedParts, positional } from './arguments.js';
import { Need } from './need.js';
import { type Compile, constant, type Expression, type OperatorCompiler, type Operators } from './types.js';

/** What constants are calculated from. */
const NOTHING: Parameters<Expression> = [new Map(), new Map()];

const comparison = (holds: (order: number) => boolean): OperatorCompiler =>
  positional(2, 2, ([a, b]) => holds(compare(a, b)));

export const logic: Operators = {
  $cmp: positional(2, 2, ([a, b]) => int(Math.sign(compare(a, b)))),
  $eq: comparison((order) => order === 0),
  $ne: comparison((order) => order !== 0),
  $gt: comparison((order) => order > 0),
  $gte: comparison((order) => order >= 0),
  $lt: comparison((order) => order < 0),
  $lte: comparison((order) => order <= 0),
  $and: junction(false),
  $or: junction(true),
  $not: positional(1, 1, ([value]) => !isTrue(value)),
  $cond: condition,
  $ifNull: ifNull,
  $switch: switchCase,
  $let: letIn,
  $literal: (argument) => constant(argument),
  $type: positional(1, 1, ([value]) => typeName(value)),
  $isNumber: positional(1, 1, ([value]) => isNumeric(value)),
};

/** $and and $or. Like the server's optimiser it does not evaluate the rest when a constant decides. */
function junction(decisive: boolean): OperatorCompiler {
  return (argument, compile) => {
    const parts = argumentList(argument, compile);
    const isDecisive = (part: Expression, ...given: Parameters<Expression>): boolean =>
      isTrue(part(...given)) === decisive;
    const decided = parts.some((part) => part.constant && isDecisive(part, ...NOTHING));
    if (decided) return constant(decisive);
    return (...given) => (parts.some((part) => isDecisive(part, ...given)) ? decisive : !decisive);
  };
}

const COND = { required: ['if', 'then', 'else'], codes: [16020, 17083, 17080] } as const;

function condition(argument: Value, compile: Compile): Expression {
  const specs = isArray(argument) ? argument : inOrder(argument);
  const [test, then, otherwise] = specs.map((part) => compile(part));
  if (!test || !then || !otherwise || specs.length !== 3)
    throw new MongoError(16020, `$cond takes 3 arguments, not ${specs.length}`);
  if (test.constant) return isTrue(test(...NOTHING)) ? then : otherwise;
  return (...given) => (isTrue(test(...given)) ? then(...given) : otherwise(...given));
}

function inOrder(argument: Value): Value[] {
  const parts = namedParts(COND, argument, '$cond');
  return COND.required.map((name) => parts.get(name) ?? null);
}

function ifNull(argument: Value, compile: Compile): Expression {
  const parts = argumentList(argument, compile);
  if (parts.length < 2) throw new MongoError(1257300, `$ifNull needs two arguments, not ${parts.length}`);
  const [first] = parts;
  if (first?.constant && !isNullish(first(...NOTHING))) return first;
  const last = parts.length - 1;
  return (...given) => {
    for (const part of parts.slice(0, last)) {
      const value = part(...given);
      if (!isNullish(value)) return value;
    }
    return parts[last]?.(...given);
  };
}

function switchCase(argument: Value, compile: Compile): Expression {
  const need = new Need('$switch');
  const options = need.document(argument, 40060);
  const listed = need.array(options.get('branches'), 40061);
  for (const key of options.keys())
    if (key !== 'branches' && key !== 'default') throw need.error(40067, `unknown argument ${key}`);
  const branches = listed.map((branch) => switchBranch(branch, compile, need));
  const last = options.get('default');
  const otherwise = last === undefined ? undefined : compile(last);
  const [first] = branches;
  if (!first) throw need.error(40068, 'at least one branch is needed');
  if (first.test.constant && isTrue(first.test(...NOTHING))) return first.then;
  // The server notices while it optimises when no branch can ever be taken.
  const code = branches.every(({ test }) => test.constant) ? 40069 : 40066;
  return (...given) => {
    for (const branch of branches) if (isTrue(branch.test(...given))) return branch.then(...given);
    if (otherwise) return otherwise(...given);
    throw need.error(code, 'no branch matched and there is no default');
  };
}

function switchBranch(branch: Value, compile: Compile, need: Need): { test: Expression; then: Expression } {
  const parts = need.document(branch, 40062);
  const [test, then] = [parts.get('case'), parts.get('then')];
  if (test === undefined) throw need.error(40064, "each branch needs a 'case'");
  if (then === undefined) throw need.error(40065, "each branch needs a 'then'");
  if (parts.size > 2) throw need.error(40063, 'unknown argument in a branch');
  return { test: compile(test), then: compile(then) };
}

function letIn(argument: Value, compile: Compile): Expression {
  const parts = namedParts({ required: ['vars', 'in'], codes: [16874, 16875, 16876] }, argument, '$let');
  const vars = new Need('$let').document(parts.get('vars'), 10065);
  const bound = [...vars].map(([name, value]) => [checkedName(name), compile(value)] as const);
  // The server puts constants in the place of their names.
  const body = compile(
    parts.get('in') ?? null,
    new Map(bound.map(([name, value]) => [name, value.constant ? value : variable(name)])),
  );
  return (root, variables) =>
    body(
      root,
      new Map([...variables, ...bound.map(([name, value]) => [name, value(root, variables)] as const)]),
    );
}

/** Reads a variable that an operator binds while it runs. */
export const variable =
  (name: string): Expression =>
  (_root, variables) =>
    variables.get(name);

/** A name a user may give to a variable. */
export function checkedName(name: string): string {
  if (!/^[a-z\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*$/.test(name))
    throw new MongoError(16867, `'${name}' starts with an invalid character for a user variable name`);
  return name;
}
