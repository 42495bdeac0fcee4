import { type Doc, doc, isArray, isDoc, isRegex, type Maybe, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { compileExpression } from '../expression/compile.js';
import { withPath } from '../path.js';
import type { Flow, PipelineContext, Stage } from './types.js';

type CompilePipeline = (stages: Value, context: PipelineContext) => Stage;

/** $lookup by equality of fields, by a pipeline with `let`, or by both. */
export function lookup(spec: Value, context: PipelineContext, compilePipeline: CompilePipeline): Stage {
  if (!isDoc(spec)) throw new MongoError(9, `the $lookup specification must be an Object`);
  for (const name of spec.keys()) {
    if (!['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'].includes(name))
      throw new MongoError(9, `unknown argument to $lookup: ${name}`);
  }
  const [from, as] = [spec.get('from'), spec.get('as')];
  const [local, foreign] = [spec.get('localField'), spec.get('foreignField')];
  if (typeof from !== 'string')
    throw isDoc(from)
      ? refusal('$lookup into another database', 9)
      : new MongoError(9, "missing 'from' option to $lookup stage specification");
  if (typeof as !== 'string') throw new MongoError(9, "must specify 'as' field for a $lookup");
  if ((local === undefined) !== (foreign === undefined))
    throw new MongoError(
      9,
      '$lookup requires both or neither of localField and foreignField to be specified',
    );
  if (local === undefined && !spec.has('pipeline'))
    throw new MongoError(
      9,
      "$lookup requires either 'pipeline' or both 'localField' and 'foreignField' to be specified",
    );
  const filterFor = fieldFilter(local, foreign);
  const inner = innerPipeline(spec, context, compilePipeline);
  return async function* (input) {
    for await (const documents of input) {
      const out: Doc[] = [];
      for (const root of documents) {
        const found: Value[] = [];
        for await (const part of inner(root, context.foreign(from, filterFor(root)))) found.push(...part);
        out.push(withPath(root, as.split('.'), found));
      }
      yield out;
    }
  };
}

/** The filter on the other collection: equality with each value the local field leads to. */
function fieldFilter(local: Maybe, foreign: Maybe): (root: Doc) => Doc {
  if (local === undefined) return () => new Map();
  if (typeof local !== 'string' || typeof foreign !== 'string')
    throw new MongoError(9, '$lookup fields must be strings');
  const path = local.split('.');
  return (root) => doc({ [foreign]: doc({ $in: localValues(root, path) }) });
}

/** What the local field leads to, arrays element by element; null when that is nothing at all. */
function localValues(root: Doc, path: readonly string[]): Value[] {
  const out: Value[] = [];
  const walk = (value: Maybe, depth: number): void => {
    if (depth === path.length) out.push(...(isArray(value) ? value : value === undefined ? [] : [value]));
    else if (isDoc(value)) walk(value.get(path[depth] ?? ''), depth + 1);
    else if (isArray(value)) for (const element of value) if (isDoc(element)) walk(element, depth);
  };
  walk(root, 0);
  if (out.some(isRegex)) throw refusal('$lookup by a regular expression value', 9);
  return out.length ? out : [null];
}

function innerPipeline(
  spec: Doc,
  context: PipelineContext,
  compilePipeline: CompilePipeline,
): (root: Doc, input: Flow) => Flow {
  const stages = spec.get('pipeline');
  if (stages === undefined) return (_root, input) => input;
  const bound = spec.get('let');
  const scope = new Set(context.variables.keys());
  const names = isDoc(bound)
    ? [...bound].map(([name, value]) => [name, compileExpression(value, scope)] as const)
    : [];
  // Compiled once for what it refuses, and again for each document with the values of its variables.
  compilePipeline(
    stages,
    withVariables(
      context,
      names.map(([name]) => [name, null]),
    ),
  );
  return (root, input) => {
    const values = names.map(([name, value]): [string, Maybe] => [
      name,
      value({ root, variables: context.variables, now: context.now }),
    ]);
    return compilePipeline(stages, withVariables(context, values))(input);
  };
}

const withVariables = (
  context: PipelineContext,
  added: readonly (readonly [string, Maybe])[],
): PipelineContext => ({
  ...context,
  variables: new Map([...context.variables, ...added]),
});
