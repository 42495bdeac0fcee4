import { clone, type Doc, isArray, isDoc, isRegex, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { isOperators } from '../match.js';
import { containerOf, writeChild } from './paths.js';

/** The document an upsert starts from: what the filter says by equality, or only its _id. */
export function upsertSeed(filter: Doc, onlyId: boolean): Doc {
  const out: Doc = new Map();
  const seen: string[] = [];
  const place = (path: string, value: Value): void => {
    if (onlyId && path !== '_id') return;
    for (const other of seen) checkApart(path, other);
    seen.push(path);
    const parts = path.split('.');
    const container = containerOf(out, parts, 'create');
    if (container) writeChild(container, parts.at(-1) ?? '', clone(value));
  };
  collect(filter, place);
  return out;
}

function checkApart(path: string, other: string): void {
  if (path === other)
    throw new MongoError(54, `cannot infer query fields to set, path '${path}' is matched twice`);
  if (other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
    throw new MongoError(
      54,
      `cannot infer query fields to set, both paths '${path}' and '${other}' are matched`,
    );
  }
}

function collect(filter: Value, place: (path: string, value: Value) => void): void {
  if (!isDoc(filter)) return;
  for (const [name, operand] of filter) {
    if (name === '$and' && isArray(operand)) operand.forEach((branch) => collect(branch, place));
    else if (name === '$or' && isArray(operand) && operand.length === 1)
      operand.forEach((branch) => collect(branch, place));
    else if (!name.startsWith('$')) for (const value of equalities(operand)) place(name, value);
  }
}

/** The values a condition demands equality with. */
function equalities(operand: Value): Value[] {
  if (isRegex(operand)) return [];
  if (!isOperators(operand)) return [operand];
  return [...operand].flatMap(([name, value]) => {
    if (name === '$eq') return [value];
    if (!isArray(value) || !(name === '$all' || (name === '$in' && value.length === 1))) return [];
    return value.filter((item) => !isRegex(item) && !isOperators(item));
  });
}
