import { clone, type Doc, isArray, isDoc, isRegex, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { isOperators } from '../match.js';
import { containerOf, writeChild } from './paths.js';

/** The document an upsert starts from: what the filter says by equality. */
export function upsertSeed(filter: Doc): Doc {
  const out: Doc = new Map();
  const seen: string[] = [];
  const place = (path: string, value: Value): void => {
    for (const other of seen) checkApart(path, other);
    seen.push(path);
    const parts = path.split('.');
    const container = containerOf(out, parts, true);
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
    else if (!name.startsWith('$')) {
      const value = equality(operand);
      if (value !== undefined) place(name, value);
    }
  }
}

function equality(operand: Value): Maybe {
  if (isRegex(operand)) return undefined;
  if (!isOperators(operand)) return operand;
  const direct = operand.get('$eq');
  if (direct !== undefined) return direct;
  for (const name of ['$in', '$all']) {
    const list = operand.get(name);
    if (!isArray(list) || list.length !== 1) continue;
    const [only] = list;
    if (only !== undefined && !isRegex(only) && !isOperators(only)) return only;
  }
  return undefined;
}
