import { encodeDocument } from '../../bson/encode.js';
import { toNumber } from '../../bson/number.js';
import { type Doc, isArray, isDoc, isNumeric, type Maybe, type Value } from '../../bson/value.js';
import type { MatchContext } from '../../language/match.js';
import { compilePipeline } from '../../language/pipeline/compile-pipeline.js';
import { stageParts } from '../../language/pipeline/transforms.js';
import type { Flow, PipelineContext } from '../../language/pipeline/types.js';
import { parseSort } from '../../language/sort-pattern.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { inPortions, type TimeLimit } from '../../query/breathe.js';
import { findMatches } from '../../query/find-matches.js';
import { Query } from '../../query/query.js';
import { hasOpenRange } from '../../store/conditions.js';
import type { Store } from '../../store/store.js';
import { type Call, command, type Commands, Fields, type Reply } from '../command.js';
import { collStatsDocument } from './stats.js';

export const aggregateCommands: Commands = {
  aggregate: command('pipeline cursor hint let bypassDocumentValidation explain', aggregate),
};

function aggregate(call: Call): Promise<Reply> {
  const { store, database, namespace } = call;
  if (isNumeric(call.get('aggregate'))) throw refusal('an aggregation without a collection', 73);
  if (call.isTrue('explain')) throw refusal('explain as an option of aggregate', 72);
  const stages = call.array('pipeline');
  if (!call.given.has('cursor'))
    throw new MongoError(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const context = call.context();
  const limit = call.timeLimit;
  const pipelineContext: PipelineContext = {
    ...context,
    foreign: (collection, filter) =>
      read(store, `${database}.${collection}`, new Query(filter, context, { timeLimit: limit })),
  };
  const flow = statsFlow(call, stages, pipelineContext) ?? readFlow(call, stages, pipelineContext, limit);
  return call.cursors.start({
    namespace,
    portions: async () => {
      const next = await flow.next();
      return next.done === true ? undefined : next.value.map((document) => encodeDocument(document));
    },
    batchSize: new Fields(call.document('cursor')).number('batchSize', undefined),
    timeLimit: limit,
  });
}

/** A pipeline that begins with $collStats. */
function statsFlow(call: Call, [first, ...rest]: Value[], context: PipelineContext): Flow | undefined {
  if (!isDoc(first) || stageParts(first)[0] !== '$collStats') return undefined;
  const stage = compilePipeline(rest, context);
  return stage(inPortions([collStatsDocument(call, stageParts(first)[1])]));
}

function readFlow(call: Call, stages: Value[], context: PipelineContext, limit?: TimeLimit): Flow {
  compilePipeline(stages, context);
  const { query, rest } = splitPipeline(stages, context, call.hint, limit);
  // The server may move them to the front, where it uses indexes.
  if (hasOpenRange(rest)) throw refusal('a range from MinKey or to MaxKey after the first stage', 2);
  return compilePipeline(rest, context)(read(call.store, call.namespace, query, readsNothing(rest)));
}

/** What the first stages say is left to the planner: $match, then $sort and $limit. */
export function splitPipeline(
  stages: readonly Value[],
  context: MatchContext,
  hint: Maybe,
  limit?: TimeLimit,
): { query: Query; rest: Value[] } {
  const rest = [...stages];
  const take = (name: string): Value | undefined => {
    const [next] = rest;
    if (next === undefined || stageParts(next)[0] !== name) return undefined;
    rest.shift();
    return stageParts(next)[1];
  };
  const filter = take('$match');
  const sort = take('$sort');
  const most = sort === undefined ? undefined : take('$limit');
  const query = new Query(isDoc(filter) ? filter : new Map<string, Value>(), context, {
    sort: isDoc(sort) ? parseSort(sort) : undefined,
    limit: isNumeric(most) ? toNumber(most) : 0,
    hint,
    timeLimit: limit,
  });
  return { query, rest };
}

/** Whether a pipeline counts documents without looking at them, as countDocuments does. */
function readsNothing([first]: readonly Value[]): boolean {
  if (first === undefined) return false;
  const [name, argument] = stageParts(first);
  return name === '$count' || (name === '$group' && !mentionsField(argument));
}

function mentionsField(value: Value): boolean {
  if (typeof value === 'string') return value.startsWith('$');
  if (isArray(value)) return value.some(mentionsField);
  return isDoc(value) && [...value.values()].some(mentionsField);
}

async function* read(store: Store, namespace: string, query: Query, onlyCounted = false): Flow {
  const collection = store.collections.get(namespace);
  if (!collection) return;
  const nothing: Doc = new Map();
  for await (const part of findMatches(store, collection, query))
    yield part.map((match) => (onlyCounted ? nothing : match.document));
}
