import { Int32 } from 'bson';
import { isTrue } from '../../bson/compare.js';
import { integer, toNumber } from '../../bson/number.js';
import {
  type Doc,
  doc,
  isArray,
  isDoc,
  isNullish,
  isNumeric,
  type Maybe,
  type Value,
} from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { inPortions } from '../../query/breathe.js';
import { sortWithPauses } from '../../query/sort-with-pauses.js';
import { compileFilter } from '../match.js';
import { withPath } from '../path.js';
import { compareSortKeys, parseSort, sortKey } from '../sort-pattern.js';
import { bucket, countGroups, group } from './group-stages.js';
import { lookup } from './lookup-stage.js';
import { compileTransform, stageParts } from './transforms.js';
import type { Flow, PipelineContext, Stage } from './types.js';

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
  return (input) => compiled.reduce((flow, stage) => stage(flow), input);
}

function compileStage(stage: Value, context: PipelineContext): Stage {
  const transform = compileTransform(stage, context);
  if (transform) {
    return async function* (input) {
      for await (const documents of input) yield documents.map(transform);
    };
  }
  const [name, argument] = stageParts(stage);
  switch (name) {
    case '$match':
      return match(argument, context);
    case '$sort':
      return sort(argument);
    case '$skip':
      return skip(count(argument, '$skip', 0));
    case '$limit':
      return limit(count(argument, '$limit', 1));
    case '$count':
      return total(argument);
    case '$group':
      return group(argument, context);
    case '$bucket':
      return bucket(argument, context);
    case '$sortByCount': {
      const counted = countGroups(argument, context);
      return (input) => sort(doc({ count: new Int32(-1) }))(counted(input));
    }
    case '$unwind':
      return unwind(argument);
    case '$lookup':
      return lookup(argument, context, compilePipeline);
    case '$facet':
      return facet(argument, context);
    default:
      throw UNSUPPORTED.has(name)
        ? refusal(`the stage ${name}`, 40324)
        : new MongoError(40324, `Unrecognized pipeline stage name: '${name}'`);
  }
}

function match(argument: Value, context: PipelineContext): Stage {
  if (!isDoc(argument)) throw new MongoError(15959, 'the match filter must be an expression in an object');
  const matches = compileFilter(argument, context);
  return async function* (input) {
    for await (const documents of input) yield documents.filter((document) => matches(document));
  };
}

function sort(argument: Value): Stage {
  if (!isDoc(argument)) throw new MongoError(15973, 'the $sort key specification must be an object');
  if (argument.size === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
  const pattern = parseSort(argument);
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

function count(argument: Value, stage: string, least: number): number {
  const number = isNumeric(argument) ? toNumber(argument) : NaN;
  if (!Number.isInteger(number))
    throw new MongoError(
      stage === '$limit' ? 2107201 : 5107200,
      `invalid argument to ${stage} stage: Expected an integer`,
    );
  if (number === 0 && least === 1) throw new MongoError(15958, 'the limit must be positive');
  if (number < least)
    throw new MongoError(
      stage === '$limit' ? 2107201 : 5107200,
      `invalid argument to ${stage} stage: Expected a non-negative number in: ${stage}: ${number}`,
    );
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
  if (argument.startsWith('$') || argument.includes('.'))
    throw new MongoError(
      argument.startsWith('$') ? 40158 : 40160,
      "the count field cannot be a $-prefixed path or contain '.'",
    );
  return async function* (input) {
    let counted = 0;
    for await (const documents of input) counted += documents.length;
    if (counted) yield [doc({ [argument]: integer(counted) })];
  };
}

function unwind(argument: Value): Stage {
  const options = isDoc(argument) ? argument : doc({ path: argument });
  for (const name of options.keys()) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name))
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
  }
  const path = options.get('path');
  const index = options.get('includeArrayIndex');
  if (typeof path !== 'string')
    throw new MongoError(
      path === undefined ? 28812 : 28808,
      'expected a string as the path for $unwind stage',
    );
  if (!path.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw new MongoError(
      28810,
      'expected a non-empty string for the includeArrayIndex option to $unwind stage',
    );
  const preserve = isTrue(options.get('preserveNullAndEmptyArrays'));
  const parts = path.slice(1).split('.');
  const indexPath = typeof index === 'string' ? index.split('.') : undefined;
  const split = (document: Doc): Doc[] => unwound(document, parts, indexPath, preserve);
  return async function* (input) {
    for await (const documents of input) yield documents.flatMap(split);
  };
}

function unwound(document: Doc, path: string[], indexPath: string[] | undefined, preserve: boolean): Doc[] {
  const value = plainPath(document, path);
  const numbered = (out: Doc, index: Value): Doc => (indexPath ? withPath(out, indexPath, index) : out);
  if (isArray(value) && value.length)
    return value.map((element, i) => numbered(withPath(document, path, element), BigInt(i)));
  if (isArray(value)) return preserve ? [numbered(withPath(document, path, undefined), null)] : [];
  if (isNullish(value) && !preserve) return [];
  return [numbered(document, null)];
}

/** The value at a path through documents only. */
function plainPath(document: Doc, path: string[]): Maybe {
  let value: Maybe = document;
  for (const name of path) value = isDoc(value) ? value.get(name) : undefined;
  return value;
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
