import { compare, rank } from '../bson/compare.js';
import { type Doc, isDoc, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../mongo-error.js';

/** Stands for an empty array in a key: it orders between MinKey and null. */
export const EMPTY_ARRAY: unique symbol = Symbol('empty array');
const EMPTY_RANK = 3;

export type KeyPart = Maybe | typeof EMPTY_ARRAY;

/** Order of key parts: BSON order with a missing field equal to null. */
export function compareKeyParts(a: KeyPart, b: KeyPart): number {
  if (a === EMPTY_ARRAY || b === EMPTY_ARRAY) {
    const rankOf = (part: KeyPart): number => (part === EMPTY_ARRAY ? EMPTY_RANK : rank(part ?? null));
    return rankOf(a) - rankOf(b);
  }
  return compare(a ?? null, b ?? null);
}

interface Cursor {
  readonly path: readonly string[];
  readonly value: KeyPart;
  readonly depth: number;
  readonly done: boolean;
}

export interface KeyTuples {
  /** One tuple per array element, a part per field. */
  readonly tuples: KeyPart[][];
  /** Whether an array was crossed. */
  readonly multikey: boolean;
}

/**
 * The keys under which a document stands for a list of dotted paths, as MongoDB builds index and sort keys.
 * The paths name no array positions: those are refused where paths are read.
 * Throws CannotIndexParallelArrays (171) when two paths cross different arrays.
 */
export function keyTuples(document: Doc, paths: readonly (readonly string[])[]): KeyTuples {
  const tuples: KeyPart[][] = [];
  const start = paths.map((path) => ({ path, value: document, depth: 0, done: false }));
  const multikey = expand(start, tuples);
  return { tuples, multikey };
}

function expand(cursors: readonly Cursor[], out: KeyPart[][]): boolean {
  const walked = cursors.map(descend);
  const arrays = walked.filter((cursor) => !cursor.done);
  const [first] = arrays;
  if (!first) {
    out.push(walked.map((cursor) => cursor.value));
    return false;
  }
  const place = placeOf(first);
  const parallel = arrays.find((cursor) => placeOf(cursor) !== place);
  if (parallel)
    throw new MongoError(
      171,
      `cannot index parallel arrays [${placeOf(parallel).split('.').at(-1) ?? ''}] [${place.split('.').at(-1) ?? ''}]`,
    );
  const elements = first.value as Value[];
  const parts: KeyPart[] = elements.length ? elements : [EMPTY_ARRAY];
  for (const element of parts) {
    expand(
      walked.map((cursor) => (cursor.done ? cursor : enter(cursor, element))),
      out,
    );
  }
  return true;
}

const placeOf = (cursor: Cursor): string => cursor.path.slice(0, cursor.depth).join('.');

/** Follows a path through documents until it ends or meets an array. */
function descend(cursor: Cursor): Cursor {
  if (cursor.done) return cursor;
  let { value, depth } = cursor;
  while (depth < cursor.path.length) {
    const name = cursor.path[depth] ?? '';
    if (isDoc(value)) value = value.get(name);
    else break;
    depth += 1;
  }
  if (Array.isArray(value)) return { ...cursor, value, depth };
  return { ...cursor, value: depth < cursor.path.length ? undefined : value, depth, done: true };
}

function enter(cursor: Cursor, element: KeyPart): Cursor {
  if (cursor.depth === cursor.path.length) return { ...cursor, value: element, done: true };
  if (typeof element !== 'symbol' && isDoc(element)) return { ...cursor, value: element };
  return { ...cursor, value: undefined, done: true };
}
