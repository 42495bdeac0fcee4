import { isTrue } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { type Doc, doc, isArray, isDoc, isNumeric, type Maybe, type Value } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import { compileFor, isKnownOperator, isOperatorCall } from './expression/compile.js';
import { positionOf } from './match-conditions.js';
import { compileFilter, type Found, type MatchContext, usesExpression } from './match.js';
import { checkPath, checkPlace, noteEmptied, noteRemoved } from './path.js';

/** What becomes of a field; `computed` fields follow the included ones. */
type Leaf =
  | { kind: 'include' | 'exclude' }
  | { kind: 'compute'; expression: (root: Doc) => Maybe }
  | { kind: 'elements'; pick: (values: Value[], found?: Found) => Maybe; last: boolean };
type Tree = Map<string, Leaf | Tree>;
type Mode = 'include' | 'exclude';

export type Projection = (document: Doc, found?: Found) => Doc;

/**
 * Where a projection stands: find allows $slice, $elemMatch and the positional $ besides; findAndModify, too, but nothing
 * that could fail after the change; a pipeline's stage has none of these.
 */
type Place = 'find' | 'modify' | 'stage';

/** Compiles a projection. */
export function compileProjection(spec: Value, context: MatchContext, place: Place): Projection {
  if (!isDoc(spec)) throw new MongoError(15969, '$project specification must be an object');
  if (spec.size === 0) {
    if (place !== 'stage') return (document) => document;
    throw new MongoError(51272, 'a projection must have at least one field');
  }
  const builder = new Builder(context, place);
  builder.fields(spec, []);
  return builder.finish();
}

/** The server finds no position for a projection `a.$` by an expression. */
export function checkPositional(spec: Doc, filter: Doc): void {
  if ([...spec.keys()].some((name) => name.endsWith('.$')) && usesExpression('$and', [filter]))
    throw new MongoError(224, '$expr is not allowed in the filter of a positional projection');
}

class Builder {
  private readonly tree: Tree = new Map();
  private mode: Mode | undefined;
  private idMode: Mode | undefined;
  private readonly used = new Set<'$' | '$elemMatch' | '$slice'>();

  constructor(
    private readonly context: MatchContext,
    private readonly place: Place,
  ) {}

  private get find(): boolean {
    return this.place !== 'stage';
  }

  fields(spec: Doc, prefix: readonly string[]): void {
    for (const [name, value] of spec) this.field([...prefix, ...name.split('.')], value);
  }

  private field(path: readonly string[], value: Value): void {
    if (this.find && path.length > 1 && path.at(-1) === '$') {
      this.positional(path.slice(0, -1), value);
      return;
    }
    checkPath(path);
    const operator = isDoc(value) ? value.keys().next().value : undefined;
    if (typeof value === 'boolean' || isNumeric(value))
      this.flag(path, isTrue(value) ? 'include' : 'exclude');
    else if (!isDoc(value) || isOperatorCall(value)) this.operation(path, operator, value);
    else if (operator === undefined)
      throw new MongoError(51270, `an empty sub-projection at '${path.join('.')}' is not a valid value`);
    else this.fields(value, path);
  }

  private flag(path: readonly string[], mode: Mode): void {
    if (path.length === 1 && path[0] === '_id') this.idMode = mode;
    else this.setMode(mode, path);
    this.put(path, { kind: mode });
  }

  private operation(path: readonly string[], operator: string | undefined, value: Value): void {
    const argument = isDoc(value) ? (value.get(operator ?? '') ?? null) : null;
    if (this.find && operator === '$slice' && isFindSlice(argument)) {
      this.used.add(operator);
      this.put(path, { kind: 'elements', pick: sliceOf(argument), last: false });
    } else if (this.find && operator === '$elemMatch') {
      if (path.length > 1) throw new MongoError(31275, 'Cannot use $elemMatch projection on a nested field');
      this.use('$elemMatch');
      this.put(path, { kind: 'elements', pick: firstMatching(argument, this.context), last: true });
    } else this.computed(path, operator, value);
  }

  private use(operator: '$' | '$elemMatch'): void {
    if (operator === '$' && this.used.has('$'))
      throw new MongoError(31276, 'Cannot specify more than one positional projection per query.');
    this.used.add(operator);
    if (this.used.has('$') && this.used.has('$elemMatch'))
      throw new MongoError(31256, 'Cannot specify positional operator and $elemMatch.');
  }

  private positional(path: readonly string[], value: Value): void {
    checkPath(path);
    if (!isTrue(value)) throw new MongoError(31395, 'positional projection cannot be used with exclusion');
    this.use('$');
    if (path.length > 1 || this.place === 'modify')
      throw refusal('a positional projection of findAndModify or on a nested field', 2);
    this.setMode('include', path);
    this.put(path, { kind: 'elements', pick: foundElement, last: false });
  }

  private computed(path: readonly string[], operator: string | undefined, value: Value): void {
    if (this.place === 'modify') throw refusal('a computed field in the projection of findAndModify', 31252);
    if (operator !== undefined && !isKnownOperator(operator))
      throw new MongoError(31325, `Unknown expression ${operator}`);
    const expression = compileFor(value, this.context);
    const isId = path.length === 1 && path[0] === '_id';
    if (this.mode === 'exclude')
      throw isId
        ? refusal('computing _id in an exclusion', 31252)
        : new MongoError(31252, 'Cannot use an expression in an exclusion projection');
    if (isId) this.idMode ??= 'include';
    this.mode = 'include';
    this.put(path, { kind: 'compute', expression });
  }

  private setMode(mode: Mode, path: readonly string[]): void {
    if (this.mode !== undefined && this.mode !== mode)
      throw new MongoError(
        mode === 'exclude' ? 31254 : 31253,
        `Cannot ${mode} the field ${path.join('.')} in a projection that ${this.mode}s others`,
      );
    this.mode = mode;
  }

  private put(path: readonly string[], leaf: Leaf): void {
    const [name = '', ...rest] = [...path].reverse();
    let tree = this.tree;
    for (const step of rest.reverse()) {
      const inner = tree.get(step) ?? new Map<string, Leaf | Tree>();
      if (!isTree(inner)) throw new MongoError(31249, `Path collision at ${path.join('.')}`);
      tree.set(step, inner);
      tree = inner;
    }
    if (tree.has(name)) throw new MongoError(31250, `Path collision at ${path.join('.')}`);
    tree.set(name, leaf);
  }

  finish(): Projection {
    const { tree, idMode, place } = this;
    const byOperators = this.used.has('$elemMatch') && !this.used.has('$slice') ? 'include' : 'exclude';
    const mode = this.mode ?? (idMode === 'include' ? 'include' : byOperators);
    if (mode === 'include' && idMode === undefined) tree.set('_id', { kind: 'include' });
    if (mode === 'exclude' && idMode === 'include') tree.delete('_id');
    return (document, found) =>
      idFirst(new Run(document, found, mode === 'include', place === 'stage').document(tree, document));
  }
}

const isTree = (node: Leaf | Tree | undefined): node is Tree => node instanceof Map;

function idFirst(document: Doc): Doc {
  const id = document.get('_id');
  if (id === undefined || document.keys().next().value === '_id') return document;
  const out: Doc = new Map([['_id', id], ...document]);
  noteRemoved(document, out);
  return out;
}

/** One document on its way through a projection. */
class Run {
  constructor(
    private readonly root: Doc,
    private readonly found: Found | undefined,
    private readonly including: boolean,
    private readonly inPipeline: boolean,
  ) {}

  document(tree: Tree, source: Doc): Doc {
    const out: Doc = new Map();
    for (const [name, value] of source) {
      const node = tree.get(name);
      if (node && this.including) checkPlace(source, name);
      const kept = node ? this.value(node, value) : this.including ? undefined : value;
      if (kept !== undefined) out.set(name, kept);
    }
    const emptied: string[] = [];
    for (const [name, node] of tree) {
      const added = this.added(node, source.get(name));
      if (added !== undefined) out.set(name, added);
      else if (!isTree(node) && node.kind === 'compute') emptied.push(name);
    }
    if (this.inPipeline) noteEmptied(out, emptied);
    if (this.inPipeline && !this.including) noteRemoved(source, out);
    return out;
  }

  /** What stands at its old place. */
  private value(node: Leaf | Tree, value: Value): Maybe {
    if (isTree(node)) return this.nested(node, value);
    if (node.kind === 'include') return value;
    if (node.kind === 'elements' && !(node.last && this.including))
      return isArray(value) ? node.pick(value, this.found) : node.last ? undefined : value;
    return undefined;
  }

  /** What follows: an inclusion appends what $elemMatch finds, an exclusion leaves it in its place. */
  private added(node: Leaf | Tree, value: Maybe): Maybe {
    if (isTree(node))
      return value === undefined && computes(node) ? this.document(node, new Map()) : undefined;
    if (node.kind === 'compute') return node.expression(this.root);
    if (node.kind === 'elements' && node.last && this.including && isArray(value)) return node.pick(value);
    return undefined;
  }

  private nested(tree: Tree, value: Value): Maybe {
    if (isDoc(value)) return this.document(tree, value);
    if (isArray(value))
      return value.map((element) => this.nested(tree, element)).filter((element) => element !== undefined);
    if (computes(tree)) return this.document(tree, new Map());
    return this.including ? undefined : value;
  }
}

const computes = (tree: Tree): boolean =>
  [...tree.values()].some((node) => (isTree(node) ? computes(node) : node.kind === 'compute'));

function foundElement(values: Value[], found?: Found): Value[] {
  const index = positionOf(found);
  if (index === undefined)
    throw new MongoError(51246, "positional operator '.$' couldn't find a matching element in the array");
  const element = values[index];
  if (element === undefined) throw new MongoError(51247, "positional operator '.$' element mismatch");
  return [element];
}

function firstMatching(condition: Value, context: MatchContext): (values: Value[]) => Maybe {
  const predicate = compileFilter(doc({ v: doc({ $elemMatch: condition }) }), context);
  return (values) => {
    const found: Found = {};
    if (!predicate(new Map([['v', values]]), found)) return undefined;
    const element = values[found.arrayIndex ?? 0];
    return element === undefined ? undefined : [element];
  };
}

/** $slice of find takes numbers only; with an array as first argument it is the expression. */
const isFindSlice = (argument: Value): boolean =>
  (isArray(argument) ? argument : [argument]).every(isNumeric);

function sliceOf(argument: Value): (values: Value[]) => Value[] {
  const numbers = (isArray(argument) ? argument : [argument]).filter(isNumeric);
  const [skip = 0, limit] = numbers.map((value) => Math.trunc(toNumber(value)));
  if (numbers.length !== (isArray(argument) ? 2 : 1))
    throw new MongoError(28667, '$slice takes one number or a list of two');
  if (limit === undefined) return (values) => (skip < 0 ? values.slice(skip) : values.slice(0, skip));
  if (limit <= 0) throw new MongoError(28724, `$slice needs a positive number of elements, not ${limit}`);
  return (values) => {
    const start = skip < 0 ? Math.max(0, values.length + skip) : skip;
    return values.slice(start, start + limit);
  };
}
