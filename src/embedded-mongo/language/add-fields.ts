import { type Doc, isArray, isDoc, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../mongo-error.js';
import { compileFor, isOperatorCall, type Surroundings } from './expression/compile.js';
import { assign, checkPath, copyOf } from './path.js';

interface Leaf {
  readonly compute: (root: Doc) => Maybe;
  /** It does not look at what was in its place. */
  readonly afresh: boolean;
}
type Tree = Map<string, Leaf | Tree>;

/** Compiles $set ($addFields): computed fields laid over the document, existing ones replaced in place. */
export function compileAddFields(spec: Value, context: Surroundings): (document: Doc) => Doc {
  if (!isDoc(spec)) throw new MongoError(40272, '$set specification stage must be an object');
  const tree: Tree = new Map();
  for (const [name, value] of spec) put(tree, [], name.split('.'), value, context);
  return (document) => lay(tree, document, document);
}

function put(tree: Tree, outer: string[], path: string[], value: Value, context: Surroundings): void {
  const [name = '', ...rest] = path;
  const here = [...outer, name];
  if (name === '') throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
  checkPath([name]);
  const present = tree.get(name);
  const parts = isDoc(value) && value.size > 0 && !isOperatorCall(value) ? value : undefined;
  if (present && !(present instanceof Map && (rest.length || parts)))
    throw new MongoError(present instanceof Map ? 31250 : 31249, `Path collision at ${here.join('.')}`);
  if (!rest.length && !parts) {
    tree.set(name, { compute: compileFor(value, context), afresh: !reads(value, `$${here.join('.')}`) });
    return;
  }
  const inner: Tree = present ?? new Map<string, Leaf | Tree>();
  tree.set(name, inner);
  if (rest.length) put(inner, here, rest, value, context);
  else for (const [key, part] of parts ?? []) put(inner, here, key.split('.'), part, context);
}

/** Whether an expression names a path, or a part or the whole of what is there. */
function reads(spec: Value, path: string): boolean {
  if (typeof spec === 'string') return `${spec}.`.startsWith(`${path}.`) || `${path}.`.startsWith(`${spec}.`);
  if (isDoc(spec)) return [...spec.values()].some((part) => reads(part, path));
  return isArray(spec) && spec.some((part) => reads(part, path));
}

function lay(tree: Tree, onto: Value | undefined, root: Doc): Doc {
  const out = isDoc(onto) ? copyOf(onto) : new Map<string, Value>();
  for (const [name, node] of tree) {
    if (node instanceof Map) assign(out, name, layInto(node, out.get(name), root), false);
    else assign(out, name, node.compute(root), node.afresh);
  }
  return out;
}

const layInto = (tree: Tree, value: Value | undefined, root: Doc): Value =>
  isArray(value) ? value.map((element) => layInto(tree, element, root)) : lay(tree, value, root);
