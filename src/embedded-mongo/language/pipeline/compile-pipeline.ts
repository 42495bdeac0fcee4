import { Int32 } from 'bson';
import { integer, toNumber } from '../../bson/number.js';
import { type Doc, doc, isArray, isDoc, isNumeric, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { inPortions } from '../../query/breathe.js';
import { sortWithPauses } from '../../query/sort-with-pauses.js';
import { compileFilter, orSkipped } from '../match.js';
import { compareSortKeys, parseSort, sortKey } from '../sort-pattern.js';
import { bucket, countGroups, group } from './group-stages.js';
import { lookup } from './lookup-stage.js';
import { compileTransform, stageParts } from './transforms.js';
import type { Flow, PipelineContext, Stage } from './types.js';
import { unwind } from './unwind-stage.js';

const STAGES: Readonly<Record<string, (argument: Value, context: PipelineContext) => Stage>> = {
  $match: match,
  $sort: sort,
  $skip: (argument) => skip(count(argument, 5107200, 0)),
  $limit: (argument) => limit(count(argument, 2107201, 1)),
  $count: total,
  $group: group,
  $bucket: bucket,
  $sortByCount: (argument, context) => {
    const [counted, ordered] = [countGroups(argument, context), sort(doc({ count: new Int32(-1) }))];
    return (input) => ordered(counted(input));
  },
  $unwind: unwind,
  $lookup: (argument, context) => lookup(argument, context, compilePipeline),
  $facet: facet,
};
const UNSUPPORTED = new Set(
  `$bucketAuto $changeStream $collStats $currentOp $densify $documents $fill $geoNear $graphLookup $indexStats $listLocalSessions
  $listSessions $merge $out $planCacheStats $redact $sample $search $searchMeta $setWindowFields $unionWith $vectorSearch`.split(
    /\s+/,
  ),
);

/** Compiles a pipeline into one stage. Everything outside the subset is refused before anything runs. */
export function compilePipeline(stages: Value, context: PipelineContext): Stage {
  if (!isArray(stages)) throw new MongoError(14, "'pipeline' option must be specified as an array");
  const compiled = stages.map((stage) => compileStage(stage, context));
  const last = compiled.pop();
  return (input) => last?.(guarded(compiled.reduce((flow, stage) => stage(flow), input))) ?? input;
}

/** Where more stages follow, the server may find that it need not calculate what fails here. */
async function* guarded(flow: Flow): Flow {
  try {
    yield* flow;
  } catch (error) {
    throw orSkipped(error);
  }
}

function compileStage(stage: Value, context: PipelineContext): Stage {
  const transform = compileTransform(stage, context);
  if (transform) {
    return async function* (input) {
      for await (const documents of input) yield documents.map(transform);
    };
  }
  const [name, argument] = stageParts(stage);
  const compile = Object.hasOwn(STAGES, name) ? STAGES[name] : undefined;
  if (compile) return compile(argument, context);
  throw UNSUPPORTED.has(name)
    ? refusal(`the stage ${name}`, 40324)
    : new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
}

function match(argument: Value, context: PipelineContext): Stage {
  if (!isDoc(argument)) throw new MongoError(15959, 'the match filter must be an expression in an object');
  const matches = compileFilter(argument, { ...context, narrowed: true });
  return async function* (input) {
    for await (const documents of input) yield documents.filter((document) => matches(document));
  };
}

function sort(argument: Value): Stage {
  if (!isDoc(argument)) throw new MongoError(15973, 'the $sort key specification must be an object');
  if (argument.size === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
  const parsed = parseSort(argument);
  const pattern = { ...parsed, narrowed: parsed.paths.filter((path) => path.length > 1) };
  return async function* (input) {
    const items = (await collect(input)).map((document) => ({ document, key: sortKey(document, pattern) }));
    const sorted = await sortWithPauses(items, (a, b) => compareSortKeys(a.key, b.key, pattern));
    yield* inPortions(sorted.map(({ document }) => document));
  };
}

/** Everything that flows in. */
async function collect(input: Flow): Promise<Doc[]> {
  const out: Doc[] = [];
  for await (const documents of input) for (const document of documents) out.push(document);
  return out;
}

function count(argument: Value, code: number, least: number): number {
  const number = isNumeric(argument) ? toNumber(argument) : NaN;
  if (number === 0 && least === 1) throw new MongoError(15958, 'the limit must be positive');
  if (!Number.isInteger(number) || number < least)
    throw new MongoError(code, `a whole number of at least ${least} is needed for $skip or $limit`);
  return number;
}

const skip = (number: number): Stage =>
  async function* (input) {
    let left = number;
    for await (const documents of input) {
      const rest = documents.slice(left);
      left = Math.max(0, left - documents.length);
      if (rest.length) yield rest;
    }
  };

const limit = (number: number): Stage =>
  async function* (input) {
    let left = number;
    for await (const documents of input) {
      yield documents.slice(0, left);
      left -= documents.length;
      if (left <= 0) return;
    }
  };

function total(argument: Value): Stage {
  if (typeof argument !== 'string' || argument === '')
    throw new MongoError(40156, 'the count field must be a non-empty string');
  if (argument.startsWith('$')) throw new MongoError(40158, 'the count field cannot be a path');
  if (argument.includes('.')) throw new MongoError(40160, "the count field cannot contain '.'");
  return async function* (input) {
    let counted = 0;
    for await (const documents of input) counted += documents.length;
    if (counted) yield [doc({ [argument]: integer(counted) })];
  };
}

function facet(argument: Value, context: PipelineContext): Stage {
  if (!isDoc(argument) || argument.size === 0)
    throw new MongoError(40169, 'the $facet specification must be a non-empty object');
  const parts = [...argument].map(([name, stages]) => {
    if (isArray(stages) && stages.some((stage) => isDoc(stage) && stage.has('$facet')))
      throw new MongoError(40600, '$facet is not allowed to be used within a $facet stage');
    return [name, compilePipeline(stages, context)] as const;
  });
  return async function* (input) {
    const documents = await collect(input);
    const out: Doc = new Map();
    for (const [name, pipeline] of parts) out.set(name, await collect(pipeline(inPortions(documents))));
    yield [out];
  };
}
