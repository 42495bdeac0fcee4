import { clone, type Doc, isArray, isDoc, isRegex, type Maybe, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { isOperators, usesExpression } from '../match.js';
import { targetAt } from './paths.js';

/** The document an upsert starts from: what the filter says by equality, or only its _id. */
export function upsertSeed(filter: Doc, onlyId: boolean): Doc {
  if (!onlyId && neverHolds(filter)) throw refusal('an upsert by a condition that never holds', 54);
  const out: Doc = new Map();
  const found = [...equalities(filter)].filter(([path]) => !onlyId || path === '_id');
  found.forEach(([path, value], i) => {
    for (const [other] of found.slice(0, i)) checkApart(path, other);
    targetAt(out, path.split('.'), 'create')?.write(clone(value));
  });
  return out;
}

function checkApart(path: string, other: string): void {
  if (path === other || other.startsWith(`${path}.`) || path.startsWith(`${other}.`))
    throw new MongoError(54, `cannot infer query fields to set, '${path}' and '${other}' are both matched`);
}

function* equalities(filter: Value): Generator<[string, Value]> {
  if (!isDoc(filter)) return;
  for (const [name, operand] of filter) {
    if (isArray(operand) && (name === '$and' || (name === '$or' && operand.length === 1)))
      for (const branch of operand) yield* equalities(branch);
    else if (!name.startsWith('$')) for (const value of equalValues(operand)) yield [name, value];
  }
}

/** The values a condition demands equality with. */
function equalValues(operand: Value): Value[] {
  if (isRegex(operand)) return [];
  if (!isOperators(operand)) return [operand];
  return [...operand].flatMap(([name, value]) => {
    if (name === '$eq') return [value];
    if (!isArray(value) || !(name === '$all' || (name === '$in' && value.length === 1))) return [];
    return value.filter((item) => !isRegex(item) && !isOperators(item));
  });
}

/** Throws when an upsert's filter has an expression, which may say nothing about what to insert. */
export function checkUpsertFilter(filter: Doc): void {
  if (usesExpression('$and', [filter]))
    throw new MongoError(224, '$expr is not allowed in the query predicate for an upsert');
}

/** Whether some condition is an empty list: then the server infers nothing at all. */
const neverHolds = (filter: Maybe): boolean => {
  if (isArray(filter)) return filter.some(neverHolds);
  if (!isDoc(filter)) return false;
  return [...filter].some(
    ([name, operand]) =>
      ((name === '$in' || name === '$all') && isArray(operand) && operand.length === 0) ||
      neverHolds(operand),
  );
};
