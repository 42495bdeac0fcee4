import { compare } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isDoc, isNumeric, type Value } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import { isIndex } from './path.js';
import { compareKeyParts, type KeyPart, keyTuples } from './key-tuples.js';

export interface SortPattern {
  readonly paths: readonly (readonly string[])[];
  readonly directions: readonly (1 | -1)[];
}

/** Reads a sort specification; only 1 and -1 are orders. */
export function parseSort(spec: Doc): SortPattern {
  const paths: string[][] = [];
  const directions: (1 | -1)[] = [];
  for (const [name, order] of spec) {
    if (isDoc(order)) throw refusal('a sort by $meta', 15974);
    const direction = isNumeric(order) ? toNumber(order) : 0;
    if (direction !== 1 && direction !== -1)
      throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (name.startsWith('$'))
      throw new MongoError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    const path = name.split('.');
    if (path.some((part) => part === ''))
      throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    if (path.some(isIndex)) throw refusal('a sort by an array position', 2);
    paths.push(path);
    directions.push(direction);
  }
  return { paths, directions };
}

/** The key a document sorts by: of the keys its arrays give, the one that comes first. */
export function sortKey(document: Doc, pattern: SortPattern): KeyPart[] {
  const plain = plainKey(document, pattern);
  if (plain) return plain;
  const { tuples } = parallelAsBadValue(() => keyTuples(document, pattern.paths));
  return tuples.reduce((best, tuple) => (compareSortKeys(tuple, best, pattern) < 0 ? tuple : best));
}

function plainKey(document: Doc, pattern: SortPattern): KeyPart[] | undefined {
  const out: KeyPart[] = [];
  for (const path of pattern.paths) {
    if (path.length > 1) return undefined;
    const value = document.get(path[0] ?? '');
    if (Array.isArray(value)) return undefined;
    out.push(value);
  }
  return out;
}

function parallelAsBadValue<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof MongoError && error.code === 171)
      throw new MongoError(2, error.message.replace('index', 'sort with keys that are'));
    throw error;
  }
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
  const keyOf = (value: Value): KeyPart[] =>
    sortKey(isDoc(value) ? value : new Map<string, Value>(), pattern);
  return (a, b) => compareSortKeys(keyOf(a), keyOf(b), pattern);
}

/** Comparison of whole array elements. */
export const compareWhole =
  (direction: number) =>
  (a: Value, b: Value): number =>
    compare(a, b) * direction;
