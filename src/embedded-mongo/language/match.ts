import { isTrue } from '../bson/compare.js';
import { type Doc, isArray, isDoc, isRegex, type Maybe, type Value } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import { compileExpression } from './expression/compile.js';
import { type Condition, holdsForElement, holdsForPath } from './match-conditions.js';
import { elementTest, equalTo, isSimpleOperator } from './match-operators.js';
import { regexTest } from './regex.js';
import { isReference } from './reference.js';

/** What a filter is read with: variables of the command's `let` and the time that $$NOW means. */
export interface MatchContext {
  readonly variables: ReadonlyMap<string, Maybe>;
  readonly now: Date;
}

/** Where the positional operator $ points after a match. */
export interface Found {
  arrayIndex?: number | undefined;
}

export type Predicate = (document: Doc, found?: Found) => boolean;

const UNSUPPORTED_TOP = new Set([
  '$where',
  '$text',
  '$jsonSchema',
  '$alwaysTrue',
  '$alwaysFalse',
  '$sampleRate',
]);
const UNSUPPORTED_FIELD = new Set(
  '$bitsAllSet $bitsAnySet $bitsAllClear $bitsAnyClear $geoWithin $geoIntersects $near $nearSphere $geoNear $within $maxDistance $minDistance'.split(
    ' ',
  ),
);

/** Compiles a filter. Throws with MongoDB's code for what is malformed, and refuses what the store does not do. */
export function compileFilter(filter: Value, context: MatchContext): Predicate {
  if (!isDoc(filter)) throw new MongoError(14, 'Expected field filter to be of type object');
  return all([...filter].map(([name, operand]) => compilePart(name, operand, context)));
}

function all(parts: Predicate[]): Predicate {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return (document, found) => parts.every((part) => part(document, found));
}

function compilePart(name: string, operand: Value, context: MatchContext): Predicate {
  if (!name.startsWith('$')) return compileField(name, operand, context);
  switch (name) {
    case '$and':
      return all(branches(name, operand, context));
    case '$or': {
      const parts = branches(name, operand, context);
      return (document, found) => parts.some((part) => part(document, found));
    }
    case '$nor': {
      const parts = branches(name, operand, context);
      return (document) => !parts.some((part) => part(document));
    }
    case '$expr': {
      const expression = compileExpression(operand, new Set(context.variables.keys()));
      return (root) => isTrue(expression({ root, variables: context.variables, now: context.now }));
    }
    case '$comment':
      return () => true;
    default:
      if (UNSUPPORTED_TOP.has(name)) throw refusal(`the query operator ${name}`, 2);
      throw new MongoError(
        2,
        `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      );
  }
}

function branches(name: string, operand: Value, context: MatchContext): Predicate[] {
  if (!isArray(operand) || operand.length === 0)
    throw new MongoError(2, `${name} argument must be a non-empty array`);
  return operand.map((branch) => {
    if (!isDoc(branch)) throw new MongoError(2, `${name} argument's entries must be objects`);
    return compileFilter(branch, context);
  });
}

function compileField(name: string, operand: Value, context: MatchContext): Predicate {
  const path = name.split('.');
  const conditions = compileOperand(operand, context);
  return all(
    conditions.map((condition) => (document, found) => holdsForPath(condition, document, path, found)),
  );
}

/** Whether an operand is a set of operators rather than a value to equal. */
export const isOperators = (operand: Maybe): operand is Doc => {
  if (!isDoc(operand) || isReference(operand)) return false;
  return operand.keys().next().value?.startsWith('$') ?? false;
};

function compileOperand(operand: Value, context: MatchContext): Condition[] {
  if (isOperators(operand)) return compileOperators(operand, context);
  if (isRegex(operand)) return [{ kind: 'test', elements: true, test: regexTest(operand) }];
  return [{ kind: 'test', elements: true, test: equalTo(operand) }];
}

function compileOperators(operators: Doc, context: MatchContext): Condition[] {
  if (operators.has('$options') && !operators.has('$regex'))
    throw new MongoError(2, '$options needs a $regex');
  return [...operators].flatMap(([name, operand]) => compileOperator(name, operand, operators, context));
}

function compileOperator(name: string, operand: Value, siblings: Doc, context: MatchContext): Condition[] {
  switch (name) {
    case '$ne':
      if (isRegex(operand)) throw new MongoError(2, "Can't have regex as arg to $ne.");
      return [{ kind: 'not', inner: [{ kind: 'test', elements: true, test: equalTo(operand) }] }];
    case '$nin':
      return [{ kind: 'not', inner: [elementTest('$in', operand, siblings)] }];
    case '$not':
      return [{ kind: 'not', inner: negated(operand, context) }];
    case '$elemMatch':
      return [elemMatch(operand, context)];
    case '$all':
      return allOf(operand, context);
    case '$options':
    case '$comment':
      return [];
    default:
      if (isSimpleOperator(name)) return [elementTest(name, operand, siblings)];
      if (UNSUPPORTED_FIELD.has(name)) throw refusal(`the query operator ${name}`, 2);
      throw new MongoError(2, `unknown operator: ${name}`);
  }
}

function negated(operand: Value, context: MatchContext): Condition[] {
  if (isRegex(operand)) return compileOperand(operand, context);
  if (!isDoc(operand)) throw new MongoError(2, '$not needs a regex or a document');
  if (operand.size === 0) throw new MongoError(2, '$not cannot be empty');
  if (isOperators(operand)) return compileOperators(operand, context);
  throw new MongoError(2, `unknown operator: ${[...(operand as Doc).keys()][0] ?? ''}`);
}

const TOP_LEVEL = new Set(['$and', '$or', '$nor', '$expr']);

function elemMatch(operand: Value, context: MatchContext): Condition {
  if (!isDoc(operand)) throw new MongoError(2, '$elemMatch needs an Object');
  const first = operand.keys().next().value ?? '';
  const onValues = isOperators(operand) && !TOP_LEVEL.has(first);
  if (!onValues && operand.has('$expr'))
    throw new MongoError(2, '$expr can only be applied to the top-level document');
  const matches = onValues ? elementMatcher(operand, context) : documentMatcher(operand, context);
  return {
    kind: 'test',
    elements: false,
    test: (value, found) => {
      if (!isArray(value)) return false;
      const index = value.findIndex(matches);
      if (index >= 0 && found) found.arrayIndex = index;
      return index >= 0;
    },
  };
}

function elementMatcher(operators: Doc, context: MatchContext): (value: Value) => boolean {
  const conditions = compileOperators(operators, context);
  return (value) => conditions.every((condition) => holdsForElement(condition, value));
}

function documentMatcher(filter: Doc, context: MatchContext): (value: Value) => boolean {
  const predicate = compileFilter(filter, context);
  return (value) => {
    if (isDoc(value)) return predicate(value);
    return isArray(value) && predicate(new Map(value.map((element, index) => [String(index), element])));
  };
}

function allOf(operand: Value, context: MatchContext): Condition[] {
  if (!isArray(operand)) throw new MongoError(2, '$all needs an array');
  if (operand.length === 0) return [{ kind: 'test', elements: false, test: () => false }];
  const [first = null] = operand;
  const nested = isOperators(first) && first.keys().next().value === '$elemMatch';
  return operand.flatMap((part) => {
    const name = isOperators(part) ? part.keys().next().value : undefined;
    if (nested !== (name === '$elemMatch'))
      throw new MongoError(2, nested ? '$all/$elemMatch has to be consistent' : 'no $ expressions in $all');
    if (name !== undefined && !nested) throw new MongoError(2, 'no $ expressions in $all');
    return isOperators(part) ? compileOperators(part, context) : compileOperand(part, context);
  });
}
