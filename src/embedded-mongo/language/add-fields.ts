import { type Doc, isArray, isDoc, type Value } from '../bson/value.js';
import { MongoError } from '../mongo-error.js';
import { compileExpression, isOperatorCall } from './expression/compile.js';
import type { Evaluation, Expression } from './expression/types.js';

type Tree = Map<string, Expression | Tree>;

/** Compiles $set ($addFields): computed fields laid over the document, existing ones replaced in place. */
export function compileAddFields(
  spec: Value,
  scope: ReadonlySet<string>,
  stage: string,
): (document: Doc, evaluation: Evaluation) => Doc {
  if (!isDoc(spec)) throw new MongoError(40272, `${stage} specification stage must be an object`);
  const tree: Tree = new Map();
  for (const [name, value] of spec) put(tree, name.split('.'), value, scope);
  return (document, evaluation) => lay(tree, document, evaluation);
}

function put(tree: Tree, path: readonly string[], value: Value, scope: ReadonlySet<string>): void {
  const [name = '', ...rest] = path;
  if (name === '') throw new MongoError(40352, 'FieldPath cannot be constructed with empty string');
  if (name.startsWith('$'))
    throw new MongoError(
      16410,
      "FieldPath field names may not start with '$'. Consider using $getField or $setField.",
    );
  const present = tree.get(name);
  const nested = rest.length > 0 || (isDoc(value) && value.size > 0 && !isOperatorCall(value));
  if (present && !(nested && present instanceof Map))
    throw new MongoError(present instanceof Map ? 31250 : 31249, `Path collision at ${path.join('.')}`);
  if (!nested) {
    tree.set(name, compileExpression(value, scope));
    return;
  }
  const inner: Tree = present instanceof Map ? present : new Map<string, Expression | Tree>();
  tree.set(name, inner);
  if (rest.length) put(inner, rest, value, scope);
  else if (isDoc(value)) for (const [key, part] of value) put(inner, key.split('.'), part, scope);
}

function lay(tree: Tree, document: Doc, evaluation: Evaluation): Doc {
  const out: Doc = new Map(document);
  for (const [name, node] of tree) {
    const value = node instanceof Map ? layOnto(node, out.get(name), evaluation) : node(evaluation);
    if (value === undefined) out.delete(name);
    else out.set(name, value);
  }
  return out;
}

function layOnto(tree: Tree, value: Value | undefined, evaluation: Evaluation): Value {
  if (isArray(value)) return value.map((element) => layOnto(tree, element, evaluation));
  return lay(tree, isDoc(value) ? value : new Map<string, Value>(), evaluation);
}
