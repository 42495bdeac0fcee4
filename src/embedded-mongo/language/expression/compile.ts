import { type Doc, isArray, isDoc, type Maybe, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { readPath } from '../path.js';
import { accumulating } from './accumulating.js';
import { arithmetic } from './arithmetic.js';
import { arrays } from './arrays.js';
import { isConstant } from './constant.js';
import { conversions } from './conversions.js';
import { dates } from './dates.js';
import { logic } from './logic.js';
import { objects } from './objects.js';
import { sets } from './sets.js';
import { strings } from './strings.js';
import type { Expression, Operators } from './types.js';
import { UNSUPPORTED_EXPRESSIONS } from './unsupported.js';

const OPERATORS: Operators = {
  ...accumulating,
  ...arithmetic,
  ...arrays,
  ...conversions,
  ...dates,
  ...logic,
  ...objects,
  ...sets,
  ...strings,
};

/** Compiles an aggregation expression. `scope` names the variables it may use besides the system's own. */
export function compileExpression(spec: Value, scope: ReadonlySet<string> = new Set()): Expression {
  if (typeof spec === 'string') return spec.startsWith('$') ? compileReference(spec, scope) : () => spec;
  if (isArray(spec)) {
    const parts = spec.map((part) => compileExpression(part, scope));
    return (evaluation) => parts.map((part) => part(evaluation) ?? null);
  }
  return isDoc(spec) ? compileDocument(spec, scope) : () => spec;
}

/** Whether an expression operator is known to MongoDB, here or elsewhere. */
export const isKnownOperator = (name: string): boolean =>
  Object.hasOwn(OPERATORS, name) || UNSUPPORTED_EXPRESSIONS.has(name);

/** Whether an object is an operator call rather than an object to build. */
export const isOperatorCall = (spec: Doc): boolean => firstName(spec).startsWith('$');

const firstName = (spec: Doc): string => spec.keys().next().value ?? '';

function compileDocument(spec: Doc, scope: ReadonlySet<string>): Expression {
  if (isOperatorCall(spec)) return compileOperator(spec, scope);
  const fields = [...spec].map(
    ([name, value]) => [checkedField(name), compileExpression(value, scope)] as const,
  );
  return (evaluation) => {
    const out: Doc = new Map();
    for (const [name, expression] of fields) {
      const value = expression(evaluation);
      if (value !== undefined) out.set(name, value);
    }
    return out;
  };
}

function checkedField(name: string): string {
  if (name.startsWith('$'))
    throw new MongoError(
      16410,
      `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
    );
  if (name.includes('.'))
    throw new MongoError(
      16412,
      "FieldPath field names may not contain '.'. Consider using $getField or $setField.",
    );
  return name;
}

function compileOperator(spec: Doc, scope: ReadonlySet<string>): Expression {
  const name = firstName(spec);
  if (spec.size > 1) {
    throw new MongoError(
      15983,
      `an expression specification must contain exactly one field, the name of the expression. Found ${spec.size} fields`,
    );
  }
  if (!Object.hasOwn(OPERATORS, name)) {
    if (UNSUPPORTED_EXPRESSIONS.has(name)) throw refusal(`the expression ${name}`, 168);
    throw new MongoError(168, `Unrecognized expression '${name}'`);
  }
  const operator = OPERATORS[name];
  const compile = (part: Value, added: readonly string[] = []): Expression =>
    compileExpression(part, added.length ? new Set([...scope, ...added]) : scope);
  const expression = operator?.(spec.get(name) ?? null, compile, name) ?? (() => undefined);
  return isConstant(spec) ? folded(expression) : expression;
}

/** A constant is calculated at once, so that its errors show even when there is no document. */
function folded(expression: Expression): Expression {
  const value = expression({ root: new Map(), variables: new Map(), now: new Date(0) });
  return () => value;
}

function compileReference(spec: string, scope: ReadonlySet<string>): Expression {
  const path = spec.replace(/^\$\$?/, '').split('.');
  if (spec === '$') throw new MongoError(16872, "'$' by itself is not a valid FieldPath");
  if (path.some((part) => part === ''))
    throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
  if (!spec.startsWith('$$')) return ({ root }) => readPath(root, checkedPath(path));
  const [name = '', ...rest] = path;
  const variable = compileVariable(name, scope);
  return rest.length ? (evaluation) => readPath(variable(evaluation), rest) : variable;
}

function checkedPath(path: string[]): string[] {
  if (path.some((part) => part.startsWith('$')))
    throw new MongoError(16410, "FieldPath field names may not start with '$'.");
  return path;
}

function compileVariable(name: string, scope: ReadonlySet<string>): Expression {
  switch (name) {
    case 'ROOT':
    case 'CURRENT':
      return ({ root }) => root;
    case 'REMOVE':
      return (): Maybe => undefined;
    case 'NOW':
      return ({ now }) => now;
    case 'CLUSTER_TIME':
    case 'KEEP':
    case 'PRUNE':
    case 'DESCEND':
    case 'SEARCH_META':
    case 'USER_ROLES':
      throw refusal(`the variable $$${name}`, 168);
    default:
      if (!scope.has(name)) throw new MongoError(17276, `Use of undefined variable: ${name}`);
      return ({ variables }) => variables.get(name);
  }
}
