import { type Doc, isArray, isDoc, type Maybe, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import type { Found } from '../match.js';
import { positionOf } from '../match-conditions.js';
import { isIndex } from '../path.js';
import type { ArrayFilters } from './array-filters.js';

const LARGEST_PADDING = 1_500_000;
type Container = Doc | Value[];

/** What to do where a path does not lead on: `expect` minds only values that can never hold the rest of it. */
export type Missing = 'create' | 'expect' | 'ignore';

/** The place in a document that an operator changes. */
export class Target {
  /** Whether the server counts what was done as a change, although it may leave all as it was. */
  counted = false;

  constructor(
    private readonly container: Container,
    private readonly name: string,
    /** For messages. */
    readonly path: string,
  ) {}

  read(): Maybe {
    return childOf(this.container, this.name);
  }

  write(value: Value): void {
    const { container, name } = this;
    if (isArray(container)) writeElement(container, Number(name), value);
    else container.set(name, value);
  }

  /** Removes a field; an array element becomes null. */
  remove(): void {
    if (!isArray(this.container)) this.container.delete(this.name);
    else if (this.read() !== undefined) {
      this.counted = true;
      this.write(null);
    }
  }
}

function writeElement(list: Value[], index: number, value: Value): void {
  if (index - list.length > LARGEST_PADDING)
    throw new MongoError(2, `Path index ${index} is too far beyond the end of the array`);
  while (list.length < index) list.push(null);
  list[index] = value;
}

function childOf(node: Maybe, name: string): Maybe {
  if (isArray(node)) return isIndex(name) ? node[Number(name)] : undefined;
  return isDoc(node) ? node.get(name) : undefined;
}

/** Turns a path with $, $[] and $[id] into the concrete paths it means in a document. */
export function concretePaths(
  document: Doc,
  path: readonly string[],
  found: Found,
  filters: ArrayFilters,
): string[][] {
  const out: string[][] = [];
  const walk = (node: Maybe, done: string[]): void => {
    const part = path[done.length];
    const step = (name: string): void => walk(childOf(node, name), [...done, name]);
    if (part === undefined) out.push(done);
    else if (part === '$') step(foundIndex(found));
    else if (part.startsWith('$['))
      elementsOf(node, done).forEach((element, index) => {
        if (filters.accepts(part.slice(2, -1), element)) step(String(index));
      });
    else step(part);
  };
  walk(document, []);
  return out;
}

function foundIndex(found: Found): string {
  const arrayIndex = positionOf(found);
  if (arrayIndex === undefined)
    throw new MongoError(2, 'The positional operator did not find the match needed from the query.');
  return String(arrayIndex);
}

function elementsOf(node: Maybe, path: readonly string[]): Value[] {
  if (isArray(node)) return node;
  throw new MongoError(2, `Cannot apply array updates to '${path.join('.')}' of type ${typeName(node)}`);
}

/** The place a path means; undefined when its parents are missing and not to be created. */
export function targetAt(document: Doc, path: readonly string[], missing: Missing): Target | undefined {
  const text = path.join('.');
  let node: Maybe = document;
  for (const [depth, name] of path.entries()) {
    if (!isDoc(node) && !(isArray(node) && isIndex(name))) {
      if (missing === 'ignore') return undefined;
      throw new MongoError(28, `Cannot create '${text}': there is ${typeName(node)} before ${name}`);
    }
    const target: Target = new Target(node, name, text);
    if (depth === path.length - 1) return target;
    node = target.read();
    if (node === undefined) {
      if (missing !== 'create') return undefined;
      node = new Map();
      target.write(node);
    }
  }
  return undefined;
}
