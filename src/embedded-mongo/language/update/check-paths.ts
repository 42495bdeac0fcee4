import { compareStrings } from '../../bson/compare.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { isIndex } from '../path.js';
import type { ArrayFilters } from './array-filters.js';

type Path = readonly string[];

/** Checks the paths of an update one by one and against one another. */
export function checkPaths(paths: readonly Path[], filters: ArrayFilters): void {
  for (const path of paths) checkPath(path, filters);
  paths.forEach((path, i) => {
    for (const earlier of paths.slice(0, i)) checkApart(path, earlier);
  });
}

function checkApart(path: Path, earlier: Path): void {
  const shorter = Math.min(path.length, earlier.length);
  let shared = 0;
  while (shared < shorter && path[shared] === earlier[shared]) shared += 1;
  // Elements chosen by a filter cannot be told apart from those named otherwise.
  const filtered = (part: string | undefined): boolean => part?.startsWith('$[') ?? false;
  if (shared < shorter && filtered(path[shared]) === filtered(earlier[shared])) return;
  const at = path.slice(0, shared).join('.');
  throw new MongoError(40, `Updating the path '${path.join('.')}' would create a conflict at '${at}'`);
}

function checkPath(path: Path, filters: ArrayFilters): void {
  const text = path.join('.');
  if (path.includes('')) throw new MongoError(56, `The update path '${text}' contains an empty field name.`);
  const [first = ''] = path;
  if (first === '$' || first.startsWith('$['))
    throw new MongoError(2, `The path '${text}' cannot begin with a positional element`);
  if (path.indexOf('$') !== path.lastIndexOf('$'))
    throw new MongoError(2, `Too many positional (i.e. '$') elements found in path '${text}'`);
  for (const part of path) {
    if (part.startsWith('$[') && part.endsWith(']')) filters.use(part.slice(2, -1), text);
    else if (part.startsWith('$') && part !== '$')
      throw refusal(`the field name ${part} in the update path ${text}`, 52);
  }
}

/** Checks that elements which were chosen and elements which were named are different ones. */
export function checkUntouched(paths: readonly string[][], touched: string[][]): void {
  for (const path of paths)
    for (const other of touched)
      if (path.slice(0, other.length).join('.') === other.slice(0, path.length).join('.'))
        throw new MongoError(40, `Update created a conflict at '${path.join('.')}'`);
  touched.push(...paths);
}

/** Order in which updates touch fields: numeric names by number, others by their bytes. */
export function comparePaths(a: Path, b: Path): number {
  for (const [i, x] of a.entries()) {
    const y = b[i];
    if (y === undefined) return 1;
    const order = isIndex(x) && isIndex(y) ? Number(x) - Number(y) : compareStrings(x, y);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}
