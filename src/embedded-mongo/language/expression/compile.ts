import { type Doc, isArray, isDoc, type Maybe, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { checkPath, noteEmptied, readPath } from '../path.js';
import { accumulating } from './accumulators.js';
import { arithmetic } from './arithmetic.js';
import { arrays } from './arrays.js';
import { conversions } from './conversions.js';
import { dates } from './dates.js';
import { logic } from './logic.js';
import { objects } from './objects.js';
import { strings } from './strings.js';
import { atOnce, type Compile, constant, type Expression, type Operators, type Scope } from './types.js';
import { UNSUPPORTED_EXPRESSIONS } from './unsupported.js';

const OPERATORS: Operators = {
  ...accumulating,
  ...arithmetic,
  ...arrays,
  ...conversions,
  ...dates,
  ...logic,
  ...objects,
  ...strings,
};
const NOTHING: Doc = new Map();
const NO_VARIABLES = new Map<string, Maybe>();

/** The variables of a `let`, and the time that $$NOW means. */
export interface Surroundings {
  readonly variables: Scope;
  readonly now: Date;
  /** Nothing is calculated before it is needed: the server does not optimise the pipelines of updates. */
  readonly isUpdate?: boolean;
}

/** Compiles an aggregation expression into a function of the document. */
export function compileFor(
  spec: Value,
  { variables, now, isUpdate = false }: Surroundings,
): (root: Doc) => Maybe {
  const expression = compileExpression(spec, new Map([...variables, ['NOW', constant(now)]]), !isUpdate);
  return (root) => expression(root, NO_VARIABLES);
}

function compileExpression(spec: Value, scope: Scope, optimised: boolean): Expression {
  const expression = compileAny(spec, scope, optimised);
  return optimised ? expression : (...given) => expression(...given);
}

function compileAny(spec: Value, scope: Scope, optimised: boolean): Expression {
  if (typeof spec === 'string') return spec.startsWith('$') ? compileReference(spec, scope) : constant(spec);
  if (isArray(spec)) return compileWhole(scope, optimised, (compile) => compileList(spec, compile));
  if (!isDoc(spec)) return constant(spec);
  const isCall = isOperatorCall(spec);
  return compileWhole(
    scope,
    optimised,
    (compile) => (isCall ? compileOperator(spec, compile) : compileObject(spec, compile)),
    isCall && CALCULATED_LATE.has(firstName(spec)),
  );
}

/** Whether MongoDB knows an expression operator, here or elsewhere. */
export const isKnownOperator = (name: string): boolean =>
  Object.hasOwn(OPERATORS, name) || UNSUPPORTED_EXPRESSIONS.has(name);

/** Whether an object is an operator call rather than an object to build. */
export const isOperatorCall = (spec: Doc): boolean => firstName(spec).startsWith('$');

const firstName = (spec: Doc): string => spec.keys().next().value ?? '';

/** Operators that the server calculates for each document even where they are made of constants only. */
const CALCULATED_LATE = new Set(
  '$filter $map $reduce $sortArray $replaceOne $replaceAll $regexMatch'.split(' '),
);

/** What else is made of constants only is calculated at once, as the server does. */
function compileWhole(
  scope: Scope,
  optimised: boolean,
  compileParts: (compile: Compile) => Expression,
  isLate = false,
): Expression {
  const parts: Expression[] = [];
  const whole = compileParts((spec, added) => {
    const part = compileExpression(spec, added ? new Map([...scope, ...added]) : scope, optimised);
    parts.push(part);
    return part;
  });
  if (!optimised || isLate || !parts.every((part) => part.constant)) return whole;
  return atOnce(() => constant(whole(NOTHING, NO_VARIABLES)));
}

function compileList(spec: readonly Value[], compile: Compile): Expression {
  const parts = spec.map((part) => compile(part));
  return (root, variables) => parts.map((part) => part(root, variables) ?? null);
}

function compileObject(spec: Doc, compile: Compile): Expression {
  const fields = [...spec].map(([name, value]) => {
    if (name.startsWith('$')) checkPath([name]);
    if (name.includes('.')) throw new MongoError(16412, `the field name ${name} may not contain '.'`);
    return [name, compile(value)] as const;
  });
  return (root, variables) => {
    const out: Doc = new Map();
    const emptied: string[] = [];
    for (const [name, expression] of fields) {
      const value = expression(root, variables);
      if (value !== undefined) out.set(name, value);
      else emptied.push(name);
    }
    noteEmptied(out, emptied);
    return out;
  };
}

function compileOperator(spec: Doc, compile: Compile): Expression {
  const name = firstName(spec);
  if (spec.size > 1)
    throw new MongoError(15983, `an expression must have one field; ${name} has others beside it`);
  const operator = Object.hasOwn(OPERATORS, name) ? OPERATORS[name] : undefined;
  if (operator) return operator(spec.get(name) ?? null, compile, name);
  throw UNSUPPORTED_EXPRESSIONS.has(name)
    ? refusal(`the expression ${name}`, 168)
    : new MongoError(168, `Unrecognized expression '${name}'`);
}

function compileReference(spec: string, scope: Scope): Expression {
  if (spec === '$') throw new MongoError(16872, "'$' by itself is not a valid FieldPath");
  const path = spec.replace(/^\$\$?/, '').split('.');
  checkPath(path);
  if (!spec.startsWith('$$')) return (root) => readPath(root, path);
  const [name = '', ...rest] = path;
  const variable = compileVariable(name, scope);
  if (!rest.length) return variable;
  if (variable.constant) return constant(readPath(variable(NOTHING, NO_VARIABLES), rest));
  return (root, variables) => readPath(variable(root, variables), rest);
}

const UNSUPPORTED_VARIABLES = ['CLUSTER_TIME', 'KEEP', 'PRUNE', 'DESCEND', 'SEARCH_META', 'USER_ROLES'];

function compileVariable(name: string, scope: Scope): Expression {
  if (name === 'ROOT' || name === 'CURRENT') return (root) => root;
  if (name === 'REMOVE') return constant(undefined);
  if (UNSUPPORTED_VARIABLES.includes(name)) throw refusal(`the variable $$${name}`, 168);
  const variable = scope.get(name);
  if (!variable) throw new MongoError(17276, `Use of undefined variable: ${name}`);
  return variable;
}
