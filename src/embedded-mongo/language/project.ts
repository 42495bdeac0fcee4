import { isTrue } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { type Doc, doc, isArray, isDoc, isNumeric, type Maybe, type Value } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';
import { compileExpression, isKnownOperator, isOperatorCall } from './expression/compile.js';
import type { Evaluation, Expression } from './expression/types.js';
import { compileFilter, type Found, type MatchContext, type Predicate } from './match.js';

type Leaf =
  | { kind: 'include' }
  | { kind: 'exclude' }
  | { kind: 'compute'; expression: Expression }
  | { kind: 'slice'; slice: (values: Value[]) => Value[] }
  | { kind: 'elemMatch'; predicate: Predicate }
  | { kind: 'positional' };
type Tree = Map<string, Leaf | Tree>;

export type Projection = (document: Doc, found?: Found) => Doc;

/** Compiles a projection of find (`find: true` allows $slice, $elemMatch and the positional $) or of $project. */
export function compileProjection(spec: Value, context: MatchContext, find: boolean): Projection {
  if (!isDoc(spec)) throw new MongoError(15969, '$project specification must be an object');
  if (spec.size === 0) {
    if (find) return (document) => document;
    throw new MongoError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  }
  const builder = new Builder(context, find);
  builder.fields(spec, []);
  return builder.finish();
}

class Builder {
  private readonly tree: Tree = new Map();
  private mode: 'include' | 'exclude' | undefined;
  private idFlag: boolean | undefined;
  private positional = 0;
  private elemMatches = 0;
  private slices = 0;

  constructor(
    private readonly context: MatchContext,
    private readonly find: boolean,
  ) {}

  fields(spec: Doc, prefix: readonly string[]): void {
    for (const [name, value] of spec) this.field([...prefix, ...name.split('.')], value);
  }

  private field(given: readonly string[], value: Value): void {
    const path = this.checkedPath(given);
    if (path.length !== given.length) this.positionalField(path, value);
    else if (typeof value === 'boolean' || isNumeric(value)) this.flag(path, isTrue(value));
    else if (isDoc(value)) this.document(path, value);
    else this.computed(path, value);
  }

  private checkedPath(path: readonly string[]): readonly string[] {
    if (path.some((part) => part === ''))
      throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    if (this.find && path.length > 1 && path.at(-1) === '$') return path.slice(0, -1);
    if (path.some((part) => part.startsWith('$')))
      throw new MongoError(
        16410,
        "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
      );
    return path;
  }

  private flag(path: readonly string[], included: boolean): void {
    if (path.length === 1 && path[0] === '_id') {
      this.idFlag = included;
      this.put(path, { kind: included ? 'include' : 'exclude' });
      return;
    }
    this.setMode(included ? 'include' : 'exclude', path);
    this.put(path, { kind: included ? 'include' : 'exclude' });
  }

  private document(path: readonly string[], value: Doc): void {
    const operator = value.keys().next().value;
    if (operator === undefined)
      throw new MongoError(
        51270,
        `An empty sub-projection is not a valid value. Found empty object at path '${path.join('.')}'`,
      );
    if (!isOperatorCall(value)) this.fields(value, path);
    else if (this.find && (operator === '$slice' || operator === '$elemMatch'))
      this.arrayOperator(path, operator, value.get(operator) ?? null);
    else this.computed(path, value);
  }

  private arrayOperator(path: readonly string[], operator: '$slice' | '$elemMatch', argument: Value): void {
    if (operator === '$slice') {
      this.slices += 1;
      this.put(path, { kind: 'slice', slice: sliceOf(argument) });
      return;
    }
    if (path.length > 1) throw new MongoError(31275, 'Cannot use $elemMatch projection on a nested field');
    if (this.positional > 0)
      throw new MongoError(31256, 'Cannot specify positional operator and $elemMatch.');
    this.elemMatches += 1;
    this.put(path, {
      kind: 'elemMatch',
      predicate: compileFilter(doc({ v: doc({ $elemMatch: argument }) }), this.context),
    });
  }

  private positionalField(path: readonly string[], value: Value): void {
    if (!isTrue(value)) throw new MongoError(31395, 'positional projection cannot be used with exclusion');
    this.positional += 1;
    if (this.elemMatches > 0)
      throw new MongoError(31256, 'Cannot specify positional operator and $elemMatch.');
    if (this.positional > 1)
      throw new MongoError(31276, 'Cannot specify more than one positional projection per query.');
    if (path.length > 1) throw refusal('a positional projection on a nested field', 2);
    this.setMode('include', path);
    this.put(path, { kind: 'positional' });
  }

  private computed(path: readonly string[], value: Value): void {
    const operator = isDoc(value) ? (value.keys().next().value ?? '') : '';
    if (operator.startsWith('$') && !isKnownOperator(operator))
      throw new MongoError(31325, `Unknown expression ${operator}`);
    const expression = compileExpression(value, new Set(this.context.variables.keys()));
    if (path.length === 1 && path[0] === '_id') this.idFlag ??= true;
    else if (this.mode === 'exclude')
      throw new MongoError(31252, `Cannot use expression other than $meta in exclusion projection`);
    this.mode ??= 'include';
    this.put(path, { kind: 'compute', expression });
  }

  private setMode(mode: 'include' | 'exclude', path: readonly string[]): void {
    if (this.mode !== undefined && this.mode !== mode) {
      const [code, doing] = mode === 'exclude' ? [31254, 'exclusion'] : [31253, 'inclusion'];
      throw new MongoError(
        code,
        `Cannot do ${doing} on field ${path.join('.')} in ${mode === 'exclude' ? 'inclusion' : 'exclusion'} projection`,
      );
    }
    this.mode = mode;
  }

  private put(path: readonly string[], leaf: Leaf): void {
    let tree = this.tree;
    path.forEach((name, depth) => {
      const present = tree.get(name);
      const last = depth === path.length - 1;
      if (present && (last || !isTree(present))) {
        throw new MongoError(last ? 31250 : 31249, `Path collision at ${path.join('.')}`);
      }
      if (last) tree.set(name, leaf);
      else {
        const next: Tree = isTree(present) ? present : new Map<string, Leaf | Tree>();
        tree.set(name, next);
        tree = next;
      }
    });
  }

  finish(): Projection {
    const byOperators = this.slices === 0 && this.elemMatches > 0 ? 'include' : 'exclude';
    const mode = this.mode ?? (this.idFlag === true ? 'include' : byOperators);
    if (mode === 'include' && this.idFlag === undefined) this.tree.set('_id', { kind: 'include' });
    if (mode === 'exclude' && this.idFlag === true) this.tree.delete('_id');
    const { tree, context } = this;
    return (document, found) => {
      const run = new Run(
        { root: document, variables: context.variables, now: context.now },
        found,
        mode === 'include',
      );
      return idFirst(run.document(tree, document));
    };
  }
}

const isTree = (node: Leaf | Tree | undefined): node is Tree => node instanceof Map;

function idFirst(document: Doc): Doc {
  if (!document.has('_id') || document.keys().next().value === '_id') return document;
  const out: Doc = new Map([['_id', document.get('_id') ?? null]]);
  for (const [name, value] of document) if (name !== '_id') out.set(name, value);
  return out;
}

/** One document on its way through a projection. */
class Run {
  constructor(
    private readonly evaluation: Evaluation,
    private readonly found: Found | undefined,
    private readonly including: boolean,
  ) {}

  document(tree: Tree, source: Doc): Doc {
    const out: Doc = new Map();
    for (const [name, value] of source) {
      const node = tree.get(name);
      const kept = node ? this.value(node, value) : this.including ? undefined : value;
      if (kept !== undefined) out.set(name, kept);
    }
    for (const [name, node] of tree) this.addComputed(name, node, source, out);
    return out;
  }

  private addComputed(name: string, node: Leaf | Tree, source: Doc, out: Doc): void {
    if (isTree(node)) {
      if (!source.has(name) && computes(node)) out.set(name, this.document(node, new Map()));
      return;
    }
    // An inclusion appends what $elemMatch finds, an exclusion leaves it in its place.
    if (node.kind === 'elemMatch' && this.including) {
      const found = firstMatching(node.predicate, source.get(name));
      if (found !== undefined) out.set(name, found);
    }
    if (node.kind !== 'compute') return;
    const value = node.expression(this.evaluation);
    if (value === undefined) out.delete(name);
    else out.set(name, value);
  }

  private value(node: Leaf | Tree, value: Value): Maybe {
    if (isTree(node)) return this.nested(node, value);
    switch (node.kind) {
      case 'include':
        return value;
      case 'exclude':
        return undefined;
      case 'compute':
        // Computed fields follow the included ones.
        return this.including ? undefined : value;
      case 'slice':
        return isArray(value) ? node.slice(value) : value;
      case 'elemMatch':
        return this.including ? undefined : firstMatching(node.predicate, value);
      case 'positional':
        return this.positional(value);
    }
  }

  private nested(tree: Tree, value: Value): Maybe {
    if (isDoc(value)) return this.document(tree, value);
    if (isArray(value))
      return value.map((element) => this.nested(tree, element)).filter((element) => element !== undefined);
    if (computes(tree)) return this.document(tree, new Map());
    return this.including ? undefined : value;
  }

  private positional(value: Value): Maybe {
    if (!isArray(value)) return value;
    const index = this.found?.arrayIndex;
    if (index === undefined) {
      throw new MongoError(
        51246,
        "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
      );
    }
    const element = value[index];
    if (element === undefined) throw new MongoError(51247, "positional operator '.$' element mismatch");
    return [element];
  }
}

const computes = (tree: Tree): boolean =>
  [...tree.values()].some((node) => (isTree(node) ? computes(node) : node.kind === 'compute'));

function firstMatching(predicate: Predicate, value: Maybe): Maybe {
  if (!isArray(value)) return undefined;
  const found: Found = {};
  if (!predicate(new Map([['v', value]]), found)) return undefined;
  const element = value[found.arrayIndex ?? 0];
  return element === undefined ? undefined : [element];
}

function sliceOf(argument: Value): (values: Value[]) => Value[] {
  const number = (value: Maybe): number => {
    if (!isNumeric(value))
      throw new MongoError(28667, 'Invalid $slice syntax. The given syntax did not match the find() syntax');
    return Math.trunc(toNumber(value));
  };
  if (!isArray(argument)) {
    const count = number(argument);
    return (values) => (count < 0 ? values.slice(count) : values.slice(0, count));
  }
  if (argument.length !== 2) throw new MongoError(28667, 'Invalid $slice syntax: $slice takes two numbers');
  const [skip, limit] = [number(argument[0]), number(argument[1])];
  if (limit <= 0) throw new MongoError(28724, `First argument to $slice must be positive, but is ${limit}`);
  return (values) => {
    const start = skip < 0 ? Math.max(0, values.length + skip) : skip;
    return values.slice(start, start + limit);
  };
}
