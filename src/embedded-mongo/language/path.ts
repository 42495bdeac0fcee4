import { type Doc, isDoc, type Maybe, type Value } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';

/**
 * Receives each value a path leads to and the index in the outermost array crossed; true ends the walk. `beside`: the
 * path ends in an array at something that is no document, but stands beside documents.
 */
export type Visitor = (value: Maybe, arrayIndex: number | undefined, beside?: boolean) => boolean;

/** Whether a path part can be an index into an array. */
export const isIndex = (part: string): boolean => part === '0' || /^[1-9]\d*$/.test(part);

/**
 * Visits every value that a dotted path leads to, crossing arrays as queries do. With `elements` an array at the
 * end is visited element by element and then as a whole.
 */
export function visitPath(
  document: Doc,
  path: readonly string[],
  elements: boolean,
  visit: Visitor,
): boolean {
  return new Walk(path, elements, visit).field(document, 0, undefined);
}

class Walk {
  constructor(
    private readonly path: readonly string[],
    private readonly elements: boolean,
    private readonly visit: Visitor,
  ) {}

  field(document: Doc, depth: number, index: number | undefined): boolean {
    return this.value(document.get(this.path[depth] ?? ''), depth + 1, index);
  }

  private value(value: Maybe, depth: number, index: number | undefined): boolean {
    if (depth === this.path.length) return this.end(value, index);
    if (Array.isArray(value)) return this.array(value, depth, index);
    if (isDoc(value)) return this.field(value, depth, index);
    return this.visit(undefined, index);
  }

  private end(value: Maybe, index: number | undefined): boolean {
    if (this.elements && Array.isArray(value)) {
      for (let i = 0; i < value.length; i += 1) if (this.visit(value[i], index ?? i)) return true;
    }
    return this.visit(value, index);
  }

  /** Goes on from an array element named by its position; an array there has nothing to offer when it is empty. */
  private positioned(element: Maybe, depth: number, index: number | undefined): boolean {
    return Array.isArray(element) && element.length === 0 ? false : this.value(element, depth, index);
  }

  private array(values: Value[], depth: number, index: number | undefined): boolean {
    const part = this.path[depth] ?? '';
    const wanted = isIndex(part) ? Number(part) : -1;
    const isMixed = values.some(isDoc);
    let visited = false;
    for (let i = 0; i < values.length; i += 1) {
      const element = values[i];
      if (isDoc(element)) {
        visited = true;
        if (this.field(element, depth, index ?? i)) return true;
      } else if (wanted < 0 && !Array.isArray(element)) {
        visited = true;
        if (this.visit(undefined, index, isMixed)) return true;
      }
      if (i === wanted) {
        visited = true;
        // A path that ends with a position means the element as a whole. Positions do not count as places found.
        const ends = depth + 1 === this.path.length;
        if (ends ? this.visit(element, index) : this.positioned(element, depth + 1, index)) return true;
      }
    }
    return visited ? false : this.visit(undefined, index);
  }
}

/** The value an expression's field path gives: arrays are mapped over, there is no index access. */
export function readPath(value: Maybe, path: readonly string[], depth = 0): Maybe {
  if (depth === path.length) return value;
  if (isDoc(value)) return readPath(value.get(path[depth] ?? ''), path, depth + 1);
  if (!Array.isArray(value)) return undefined;
  const out: Value[] = [];
  for (const element of value) {
    if (!isDoc(element)) continue;
    const inner = readPath(element, path, depth);
    if (inner !== undefined) out.push(inner);
  }
  return out;
}

/** The value at a path through documents only. */
export function plainValue(start: Value, path: readonly string[]): Maybe {
  let value: Maybe = start;
  for (const name of path) value = isDoc(value) ? value.get(name) : undefined;
  return value;
}

/** Checks the parts of a path in an expression or projection. */
export function checkPath(path: readonly string[]): void {
  if (path.includes('')) throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
  if (path.some((part) => part.startsWith('$')))
    throw new MongoError(16410, "FieldPath field names may not start with '$'.");
}

/**
 * What stages did to the fields of a document where the server's order of fields depends on it: it keeps the place of
 * a field set to nothing, and does not read a field that is overwritten before a later projection.
 */
interface Changes {
  readonly emptied: ReadonlySet<string>;
  readonly overwritten: ReadonlySet<string>;
}
const changes = new WeakMap<Doc, Changes>();
const UNCHANGED: Changes = { emptied: new Set(), overwritten: new Set() };

/** A copy to change by `assign`. */
export function copyOf(document: Doc): Doc {
  const out: Doc = new Map(document);
  const past = changes.get(document);
  if (past) changes.set(out, past);
  return out;
}

/** Sets a field of a copy, or removes it when the value is undefined. `afresh`: whatever was there before. */
export function assign(copy: Doc, name: string, value: Maybe, afresh: boolean): void {
  const { emptied, overwritten } = changes.get(copy) ?? UNCHANGED;
  if (value === undefined) {
    copy.delete(name);
    changes.set(copy, { emptied: new Set(emptied).add(name), overwritten });
    return;
  }
  const isNew = !copy.has(name);
  if (isNew && emptied.has(name))
    throw refusal(`setting the field ${name} again after a stage removed it`, 40324);
  if (!isNew && afresh) changes.set(copy, { emptied, overwritten: new Set(overwritten).add(name) });
  copy.set(name, value);
}

/** Notes what a copy no longer has. */
export function noteRemoved(document: Doc, copy: Doc): void {
  const past = changes.get(document);
  if (past) changes.set(copy, past);
  noteEmptied(
    copy,
    [...document.keys()].filter((name) => !copy.has(name)),
  );
}

/** Notes fields that were calculated and came out as nothing. */
export function noteEmptied(document: Doc, names: readonly string[]): void {
  if (!names.length) return;
  const { emptied, overwritten } = changes.get(document) ?? UNCHANGED;
  changes.set(document, { emptied: new Set([...emptied, ...names]), overwritten });
}

/** Refuses an inclusion of a field that was overwritten, unless nothing else is included. */
export function checkPlace(document: Doc, name: string): void {
  if (changes.get(document)?.overwritten.has(name))
    throw refusal(`including the field ${name} after a stage overwrote it`, 40324);
}

/** A copy of the document with one dotted path set, or removed when the value is undefined. */
export function withPath(
  document: Doc,
  path: readonly string[],
  value: Maybe,
  afresh: boolean,
  depth = 0,
): Doc {
  const out = copyOf(document);
  const name = path[depth] ?? '';
  const inner = out.get(name);
  if (depth === path.length - 1) assign(out, name, value, afresh);
  else if (value !== undefined || isDoc(inner))
    assign(
      out,
      name,
      withPath(isDoc(inner) ? inner : new Map<string, Value>(), path, value, afresh, depth + 1),
      false,
    );
  return out;
}
