import { isTrue } from '../bson/compare.js';
import { type Doc, isArray, isDoc, isRegex, type Maybe, type Value } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import { compileFor, type Surroundings } from './expression/compile.js';
import {
  type Condition,
  type Found,
  holdsForElement,
  holdsForPath,
  not,
  onElements,
  onWhole,
  operatorOf,
} from './match-conditions.js';
import { equalTo, VALUE_TESTS } from './match-operators.js';
import { regexTest } from './regex.js';

export type { Found } from './match-conditions.js';

/** What a filter is read with: variables of the command's `let` and the time that $$NOW means. */
export interface MatchContext extends Surroundings {
  /** Earlier stages may have left only those fields of a document that are needed. */
  readonly narrowed?: boolean;
}

export type Predicate = (document: Doc, found?: Found) => boolean;

const UNSUPPORTED = new Set(
  `$where $text $jsonSchema $alwaysTrue $alwaysFalse $sampleRate $bitsAllSet $bitsAnySet $bitsAllClear $bitsAnyClear
  $geoWithin $geoIntersects $near $nearSphere $geoNear $within $maxDistance $minDistance
  $ref $id $db`.split(/\s+/),
);

/** Compiles a filter. Throws with MongoDB's code for what is malformed, and refuses what the store does not do. */
export function compileFilter(filter: Value, context: MatchContext): Predicate {
  if (!isDoc(filter)) throw new MongoError(14, 'Expected field filter to be of type object');
  return all([...filter].sort(expressionsLast).map(([name, operand]) => compilePart(name, operand, context)));
}

/** The server evaluates $expr after what it can tell without it. */
const expressionsLast = (a: [string, Value], b: [string, Value]): number =>
  Number(usesExpression(...a)) - Number(usesExpression(...b));

/** Whether a part of a filter holds an $expr. */
export const usesExpression = (name: string, operand: Value): boolean =>
  name === '$expr' ||
  (BRANCHING.includes(name) &&
    isArray(operand) &&
    operand.some((branch) => isDoc(branch) && [...branch].some((part) => usesExpression(...part))));

const BRANCHING = ['$and', '$or', '$nor'];

function all(parts: Predicate[]): Predicate {
  const [only] = parts;
  if (parts.length === 1 && only) return only;
  return (document, found) => parts.every((part) => part(document, found));
}

function anyOf(parts: Predicate[]): Predicate {
  return (document, found) => {
    const inner: Found | undefined = found && {};
    const holds = parts.some((part) => part(document, inner));
    if (found && inner?.arrayIndex !== undefined) found.ambiguous = true;
    return holds;
  };
}

function compilePart(name: string, operand: Value, context: MatchContext): Predicate {
  if (!name.startsWith('$')) return compileField(name, operand, context);
  if (BRANCHING.includes(name)) {
    const parts = branches(name, operand, context);
    if (name === '$and') return all(parts);
    if (name === '$or') return parts.length > 1 ? anyOf(parts) : all(parts);
    return (document) => !parts.some((part) => part(document));
  }
  if (name === '$expr') return compileExpr(operand, context);
  if (name === '$comment') return () => true;
  throw UNSUPPORTED.has(name)
    ? refusal(`the query operator ${name}`, 2)
    : new MongoError(2, `unknown top level operator: ${name}`);
}

function branches(name: string, operand: Value, context: MatchContext): Predicate[] {
  if (!isArray(operand) || operand.length === 0)
    throw new MongoError(2, `${name} argument must be a non-empty array`);
  const docs = operand.map((branch) => {
    if (!isDoc(branch)) throw new MongoError(2, `${name} argument's entries must be objects`);
    return branch;
  });
  const late = docs.filter((branch) => usesExpression('$and', [branch]));
  const early = docs.filter((branch) => !late.includes(branch));
  return [...early, ...late].map((branch) => compileFilter(branch, context));
}

function compileExpr(operand: Value, context: MatchContext): Predicate {
  const expression = compileFor(operand, context);
  return (document) => {
    try {
      return isTrue(expression(document));
    } catch (error) {
      throw orSkipped(error);
    }
  };
}

/** An error in a part that the server, which reorders what it runs, may never come to. */
export function orSkipped(error: unknown): unknown {
  if (!(error instanceof MongoError) || error.refused) return error;
  return refusal(`an expression that fails where MongoDB may skip it (${error.message})`, error.code);
}

function compileField(name: string, operand: Value, context: MatchContext): Predicate {
  const path = name.split('.');
  const narrowed = context.narrowed === true;
  return all(
    compileOperand(operand, context).map(
      (condition) => (document, found) => holdsForPath(condition, document, path, narrowed, found),
    ),
  );
}

/** Whether an operand is a set of operators rather than a value to equal. */
export const isOperators = (operand: Maybe): operand is Doc => operatorOf(operand) !== undefined;

function compileOperand(operand: Value, context: MatchContext): Condition[] {
  if (isOperators(operand)) return compileOperators(operand, context);
  return [onElements(isRegex(operand) ? regexTest(operand) : equalTo(operand))];
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
      return [not([onElements(equalTo(operand))])];
    case '$nin':
      return [not(compileOperator('$in', operand, siblings, context))];
    case '$not':
      return [not(negated(operand, context))];
    case '$elemMatch':
      return [elemMatch(operand, context)];
    case '$all':
      return allOf(operand, context);
    case '$options':
    case '$comment':
      return [];
    default: {
      const valueTest = Object.hasOwn(VALUE_TESTS, name) ? VALUE_TESTS[name] : undefined;
      if (valueTest) return [valueTest(operand, siblings)];
      throw UNSUPPORTED.has(name)
        ? refusal(`the query operator ${name}`, 2)
        : new MongoError(2, `unknown operator: ${name}`);
    }
  }
}

function negated(operand: Value, context: MatchContext): Condition[] {
  if (isRegex(operand) || isOperators(operand)) return compileOperand(operand, context);
  throw new MongoError(2, '$not needs a regular expression or operators');
}

function elemMatch(operand: Value, context: MatchContext): Condition {
  if (!isDoc(operand)) throw new MongoError(2, '$elemMatch needs an Object');
  const first = operatorOf(operand);
  const onValues = first !== undefined && first !== '$expr' && !BRANCHING.includes(first);
  if (!onValues && operand.has('$expr'))
    throw new MongoError(2, '$expr can only be applied to the top-level document');
  const matches = onValues ? elementMatcher(operand, context) : documentMatcher(operand, context);
  return onWhole((value, found) => {
    if (!isArray(value)) return false;
    const index = value.findIndex(matches);
    if (index >= 0 && found) found.arrayIndex = index;
    return index >= 0;
  });
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
  if (operand.length === 0) return [onWhole(() => false)];
  const names = operand.map(operatorOf);
  if (names.some((name) => name !== names[0] || (name !== undefined && name !== '$elemMatch')))
    throw new MongoError(2, '$all takes values, or $elemMatch throughout');
  return operand.flatMap((part) => compileOperand(part, context));
}
