import { type Doc, isArray, isDoc, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../mongo-error.js';
import { compileFor, isOperatorCall, type Surroundings } from './expression/compile.js';
import { assign, checkPath, copyOf } from './path.js';

type Compute = (root: Doc) => Maybe;
type Tree = Map<string, Compute | Tree>;

/** Compiles $set ($addFields): computed fields laid over the document, existing ones replaced in place. */
export function compileAddFields(spec: Value, context: Surroundings): (document: Doc) => Doc {
  if (!isDoc(spec)) throw new MongoError(40272, '$set specification stage must be an object');
  const tree: Tree = new Map();
  for (const [name, value] of spec) put(tree, name.split('.'), value, context);
  return (document) => lay(tree, document, document);
}

function put(tree: Tree, path: readonly string[], value: Value, context: Surroundings): void {
  const [name = '', ...rest] = path;
  if (name === '') throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
  checkPath([name]);
  const present = tree.get(name);
  const parts = isDoc(value) && value.size > 0 && !isOperatorCall(value) ? value : undefined;
  if (present && !(present instanceof Map && (rest.length || parts)))
    throw new MongoError(present instanceof Map ? 31250 : 31249, `Path collision at ${path.join('.')}`);
  if (!rest.length && !parts) {
    tree.set(name, compileFor(value, context));
    return;
  }
  const inner: Tree = present ?? new Map<string, Compute | Tree>();
  tree.set(name, inner);
  if (rest.length) put(inner, rest, value, context);
  else for (const [key, part] of parts ?? []) put(inner, key.split('.'), part, context);
}

function lay(tree: Tree, onto: Value | undefined, root: Doc): Doc {
  const out = isDoc(onto) ? copyOf(onto) : new Map<string, Value>();
  for (const [name, node] of tree)
    assign(out, name, node instanceof Map ? layInto(node, out.get(name), root) : node(root));
  return out;
}

const layInto = (tree: Tree, value: Value | undefined, root: Doc): Value =>
  isArray(value) ? value.map((element) => layInto(tree, element, root)) : lay(tree, value, root);
