import { compare } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isArray, isDoc, isNumeric, type Maybe, type Value } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import { compareKeyParts, type KeyPart, keyTuples } from './key-tuples.js';
import { checkPath, isIndex, plainValue } from './path.js';

export interface SortPattern {
  readonly paths: readonly (readonly string[])[];
  readonly directions: readonly (1 | -1)[];
  /** Paths of which the server may have dropped all but the documents within arrays before it sorts. */
  readonly narrowed?: readonly (readonly string[])[];
}

/** The pattern for a find that also has a projection. */
export function withProjection(pattern: SortPattern, projection: Doc): SortPattern {
  const included = [...projection.keys()].filter((name) => name.includes('.'));
  return {
    ...pattern,
    narrowed: pattern.paths.filter((path) =>
      included.some((name) => `${path.join('.')}.`.startsWith(`${name}.`)),
    ),
  };
}

/** Reads a sort specification; only 1 and -1 are orders. */
export function parseSort(spec: Doc): SortPattern {
  const parts = [...spec].map(([name, order]) => {
    if (isDoc(order)) throw refusal('a sort by $meta', 15974);
    const direction = directionOf(order, 15975);
    const path = name.split('.');
    checkPath(path);
    if (path.some(isIndex)) throw refusal('a sort by an array position', 2);
    return { path, direction };
  });
  return { paths: parts.map(({ path }) => path), directions: parts.map(({ direction }) => direction) };
}

export function directionOf(order: Value, code: number): 1 | -1 {
  const direction = isNumeric(order) ? toNumber(order) : 0;
  if (direction !== 1 && direction !== -1)
    throw new MongoError(code, 'a sort order must be 1 (ascending) or -1 (descending)');
  return direction;
}

/** The key a document sorts by: of the keys its arrays give, the one that comes first. */
export function sortKey(document: Doc, pattern: SortPattern): KeyPart[] {
  if (pattern.narrowed?.some((path) => crossesMixedArray(document, path)))
    throw refusal('a sort by a path through mixed arrays, with a projection or after other stages,', 2);
  const plain = plainKey(document, pattern);
  if (plain) return plain;
  try {
    const { tuples } = keyTuples(document, pattern.paths);
    return tuples.reduce((best, tuple) => (compareSortKeys(tuple, best, pattern) < 0 ? tuple : best));
  } catch (error) {
    if (error instanceof MongoError && error.code === 171)
      throw refusal('a sort with keys that are parallel arrays', 2);
    throw error;
  }
}

function crossesMixedArray(value: Maybe, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return false;
  if (isArray(value)) return value.some((element) => !isDoc(element) || crossesMixedArray(element, path));
  return isDoc(value) && crossesMixedArray(value.get(name), rest);
}

function plainKey(document: Doc, pattern: SortPattern): KeyPart[] | undefined {
  const out: KeyPart[] = [];
  for (const path of pattern.paths) {
    if (path.length > 1) return undefined;
    const value = document.get(path[0] ?? '');
    if (isArray(value)) return undefined;
    out.push(value);
  }
  return out;
}

export function compareSortKeys(a: readonly KeyPart[], b: readonly KeyPart[], pattern: SortPattern): number {
  for (let i = 0; i < pattern.directions.length; i += 1) {
    const order = compareKeyParts(a[i], b[i]);
    if (order !== 0) return order * (pattern.directions[i] ?? 1);
  }
  return 0;
}

/** Comparison of array elements by a pattern of their fields, for $push with $sort and $sortArray. */
export function compareByPattern(spec: Doc): (a: Value, b: Value) => number {
  const pattern = parseSort(spec);
  // Here arrays are compared as they are, not by their elements.
  const keyOf = (value: Value): KeyPart[] => pattern.paths.map((path) => plainValue(value, path));
  return (a, b) => compareSortKeys(keyOf(a), keyOf(b), pattern);
}

/** Comparison of whole array elements. */
export const compareWhole =
  (direction: 1 | -1) =>
  (a: Value, b: Value): number =>
    compare(a, b) * direction;
