import { show } from '../../bson/show.js';
import { type Doc, isDoc, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import type { Found } from '../match.js';
import { isIndex } from '../path.js';
import type { ArrayFilters } from './array-filters.js';

const LARGEST_PADDING = 1_500_000;
export type Container = Doc | Value[];

/** What to do where a path does not lead on: `expect` minds only values that can never hold the rest of it. */
export type Missing = 'create' | 'expect' | 'ignore';

/** Turns a path with $, $[] and $[id] into the concrete paths it means in a document. */
export function concretePaths(
  document: Doc,
  path: readonly string[],
  found: Found,
  filters: ArrayFilters,
): string[][] {
  const out: string[][] = [];
  const walk = (node: Maybe, depth: number, done: string[]): void => {
    const part = path[depth];
    if (part === undefined) out.push(done);
    else if (part === '$') {
      if (found.arrayIndex === undefined)
        throw new MongoError(2, 'The positional operator did not find the match needed from the query.');
      const index = String(found.arrayIndex);
      walk(childOf(node, index), depth + 1, [...done, index]);
    } else if (part.startsWith('$[')) {
      elementsOf(node, path, depth).forEach((element, index) => {
        if (filters.accepts(part.slice(2, -1), element)) walk(element, depth + 1, [...done, String(index)]);
      });
    } else walk(childOf(node, part), depth + 1, [...done, part]);
  };
  walk(document, 0, []);
  return out;
}

function elementsOf(node: Maybe, path: readonly string[], depth: number): Value[] {
  if (node === undefined)
    throw new MongoError(
      2,
      `The path '${path.slice(0, depth).join('.')}' must exist in the document in order to apply array updates.`,
    );
  if (!Array.isArray(node))
    throw new MongoError(
      2,
      `Cannot apply array updates to non-array element ${path[depth - 1] ?? ''}: ${show(node)}`,
    );
  return node;
}

function childOf(node: Maybe, name: string): Maybe {
  if (Array.isArray(node)) return isIndex(name) ? node[Number(name)] : undefined;
  return isDoc(node) ? node.get(name) : undefined;
}

/** The container a path's last name lies in; undefined when it is missing and not to be created. */
export function containerOf(document: Doc, path: readonly string[], missing: Missing): Container | undefined {
  const create = missing === 'create';
  let node: Container = document;
  for (let depth = 0; depth < path.length; depth += 1) {
    const name = path[depth] ?? '';
    if (Array.isArray(node) && !isIndex(name)) {
      checkBlocked(path, depth, node, missing);
      return undefined;
    }
    if (depth === path.length - 1) return node;
    const next: Maybe = readChild(node, name);
    if (next === undefined) {
      if (!create) return undefined;
      const created: Doc = new Map();
      writeChild(node, name, created);
      node = created;
    } else if (isDoc(next) || Array.isArray(next)) node = next;
    else {
      checkBlocked(path, depth + 1, next, missing);
      return undefined;
    }
  }
  return node;
}

function checkBlocked(path: readonly string[], depth: number, value: Value, missing: Missing): void {
  if (missing === 'ignore') return;
  throw new MongoError(
    28,
    `Cannot create field '${path[depth] ?? ''}' in element {${path[depth - 1] ?? ''}: ${show(value)}}`,
  );
}

export const readChild = (node: Container, name: string): Maybe =>
  Array.isArray(node) ? node[Number(name)] : node.get(name);

export function writeChild(node: Container, name: string, value: Value): void {
  if (!Array.isArray(node)) {
    node.set(name, value);
    return;
  }
  const index = Number(name);
  if (index - node.length > LARGEST_PADDING)
    throw new MongoError(2, `Path index ${index} is too far beyond the end of the array`);
  while (node.length < index) node.push(null);
  node[index] = value;
}
