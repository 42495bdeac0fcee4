import { type Doc, doc, isArray, isDoc, isRegex, type Maybe, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { compileFor } from '../expression/compile.js';
import { constant, type Expression } from '../expression/types.js';
import { withPath } from '../path.js';
import { stageOptions } from './options.js';
import type { Flow, PipelineContext, Stage } from './types.js';

type CompilePipeline = (stages: Value, context: PipelineContext) => Stage;
const OPTIONS = ['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'];

/** $lookup by equality of fields, by a pipeline with `let`, or by both. */
export function lookup(given: Value, context: PipelineContext, compilePipeline: CompilePipeline): Stage {
  const spec = stageOptions('$lookup', given, OPTIONS, 9, 9);
  const [from, as] = [spec.get('from'), spec.get('as')];
  const [local, foreign] = [spec.get('localField'), spec.get('foreignField')];
  if (isDoc(from)) throw refusal('$lookup into another database', 9);
  if (typeof from !== 'string' || typeof as !== 'string')
    throw new MongoError(9, "$lookup needs 'from' and 'as' as strings");
  if ((local === undefined) !== (foreign === undefined) || (local === undefined && !spec.has('pipeline')))
    throw new MongoError(9, "$lookup needs a 'pipeline', or both 'localField' and 'foreignField'");
  const filterFor = fieldFilter(local, foreign);
  const inner = innerPipeline(spec, context, compilePipeline);
  return async function* (input) {
    for await (const documents of input) {
      const out: Doc[] = [];
      for (const root of documents) {
        const found: Value[] = [];
        for await (const part of inner(root, context.foreign(from, filterFor(root)))) found.push(...part);
        out.push(withPath(root, as.split('.'), found, true));
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
  const [stages, bound] = [spec.get('pipeline'), spec.get('let')];
  if (stages === undefined) return (_root, input) => input;
  const names = isDoc(bound)
    ? [...bound].map(([name, value]) => [name, compileFor(value, context)] as const)
    : [];
  const compileWith = (root?: Doc): Stage => {
    const values = names.map(([name, value]): [string, Expression] => [
      name,
      root ? constant(value(root)) : () => null,
    ]);
    return compilePipeline(stages, { ...context, variables: new Map([...context.variables, ...values]) });
  };
  // Compiled once for what it refuses, and again for each document with the values of its variables.
  const compiled = compileWith();
  return (root, input) => (names.length ? compileWith(root) : compiled)(input);
}
