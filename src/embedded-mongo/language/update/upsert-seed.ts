import { clone, type Doc, isArray, isDoc, isRegex, type Maybe, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { isOperators } from '../match.js';
import { targetAt } from './paths.js';

/** The document an upsert starts from: what the filter says by equality, or only its _id. */
export function upsertSeed(filter: Doc, onlyId: boolean): Doc {
  const out: Doc = new Map();
  const found = [...equalities(filter)].filter(([path]) => !onlyId || path === '_id');
  found.forEach(([path, value], i) => {
    for (const [other] of found.slice(0, i)) checkApart(path, other);
    targetAt(out, path.split('.'), 'create')?.write(clone(value));
  });
  // The server simplifies such filters first, which gives the fields an order of its own.
  if (!onlyId && !isPlain(filter) && (out.size > 1 || neverHolds(filter)))
    throw refusal('an upsert whose filter is more than conditions on separate fields', 54);
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

/** Whether a filter has one condition for each field and nothing else. */
const isPlain = (filter: Doc): boolean =>
  [...filter].every(
    ([name, operand]) =>
      !name.startsWith('$') &&
      (!isOperators(operand) || (operand.size === 1 && isPlainCondition(...([...operand][0] ?? ['', null])))),
  );

const isPlainCondition = (name: string, operand: Value): boolean =>
  !['$all', '$not', '$elemMatch', '$nin', '$ne'].includes(name) &&
  !(isArray(operand) && operand.length === 0);

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
