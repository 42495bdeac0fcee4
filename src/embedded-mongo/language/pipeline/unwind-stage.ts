import { isTrue } from '../../bson/compare.js';
import { type Doc, doc, isArray, isDoc, isNullish, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { plainValue, withPath } from '../path.js';
import { stageOptions } from './options.js';
import type { Stage } from './types.js';

const OPTIONS = ['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'];

/** $unwind: one document for each element of an array. */
export function unwind(argument: Value): Stage {
  const given = isDoc(argument) ? argument : doc({ path: argument });
  const options = stageOptions('$unwind', given, OPTIONS, 28811, 28811);
  const [path, index] = [options.get('path'), options.get('includeArrayIndex')];
  if (typeof path !== 'string')
    throw new MongoError(path === undefined ? 28812 : 28808, '$unwind needs a string as path');
  if (!path.startsWith('$'))
    throw new MongoError(28818, `the path of $unwind must begin with a '$': ${path}`);
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw new MongoError(28810, 'includeArrayIndex of $unwind must be a non-empty string');
  const split = splitter(
    path.slice(1).split('.'),
    index?.split('.'),
    isTrue(options.get('preserveNullAndEmptyArrays')),
  );
  return async function* (input) {
    for await (const documents of input) yield documents.flatMap(split);
  };
}

function splitter(
  path: readonly string[],
  indexPath: readonly string[] | undefined,
  preserve: boolean,
): (document: Doc) => Doc[] {
  const numbered = (out: Doc, index: Value): Doc => (indexPath ? withPath(out, indexPath, index, true) : out);
  return (document) => {
    const value = plainValue(document, path);
    if (isArray(value) && value.length)
      return value.map((element, i) => numbered(withPath(document, path, element, false), BigInt(i)));
    if (!preserve && (isArray(value) || isNullish(value))) return [];
    return [numbered(isArray(value) ? withPath(document, path, undefined, false) : document, null)];
  };
}
