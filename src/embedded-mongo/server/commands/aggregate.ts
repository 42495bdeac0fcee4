import { isTrue } from '../../bson/compare.js';
import { encodeDocument } from '../../bson/encode.js';
import { toNumber } from '../../bson/number.js';
import { type Doc, isDoc, isNumeric, type Maybe, type Value } from '../../bson/value.js';
import { compilePipeline } from '../../language/pipeline/compile-pipeline.js';
import { stageParts } from '../../language/pipeline/transforms.js';
import type { Flow, PipelineContext } from '../../language/pipeline/types.js';
import { parseSort } from '../../language/sort-pattern.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { findMatches, type Query } from '../../query/find-matches.js';
import type { Store } from '../../store/store.js';
import {
  arrayField,
  type Call,
  type Commands,
  docField,
  matchContext,
  namespaceOf,
  type Reply,
} from '../command.js';

export const aggregateCommands: Commands = {
  aggregate: {
    fields: ['pipeline', 'cursor', 'hint', 'let', 'bypassDocumentValidation', 'explain'],
    run: aggregate,
  },
};

async function aggregate(call: Call): Promise<Reply> {
  const { command, store, cursors, database } = call;
  if (isNumeric(command.get('aggregate'))) throw refusal('an aggregation without a collection', 73);
  if (isTrue(command.get('explain'))) throw refusal('explain as an option of aggregate', 72);
  const stages = arrayField(command, 'pipeline');
  if (!command.has('cursor'))
    throw new MongoError(
      9,
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const namespace = namespaceOf(call);
  const context = pipelineContext(store, database, matchContext(call));
  compilePipeline(stages, context);
  const { query, rest } = splitPipeline(stages, command.get('hint'));
  const pipeline = compilePipeline(rest, context);
  const batch = docField(command, 'cursor').get('batchSize');
  const portions = toBytes(pipeline(read(store, namespace, query, context)));
  return new Map(
    await cursors.start(namespace, portions, isNumeric(batch) ? toNumber(batch) : undefined),
  ).set('ok', 1);
}

const pipelineContext = (
  store: Store,
  database: string,
  context: ReturnType<typeof matchContext>,
): PipelineContext => ({
  ...context,
  foreign: (collection, filter) => read(store, `${database}.${collection}`, { filter }, context),
});

/** What the first stages say is left to the planner: $match, then $sort, $skip and $limit. */
export function splitPipeline(stages: readonly Value[], hint: Maybe): { query: Query; rest: Value[] } {
  const rest = [...stages];
  const take = (name: string): Value | undefined => {
    const [next] = rest;
    if (next === undefined || stageParts(next)[0] !== name) return undefined;
    rest.shift();
    return stageParts(next)[1];
  };
  const filter = take('$match');
  const sort = take('$sort');
  const limit = sort === undefined ? undefined : take('$limit');
  return {
    query: {
      filter: isDoc(filter) ? filter : new Map<string, Value>(),
      sort: isDoc(sort) ? parseSort(sort) : undefined,
      limit: isNumeric(limit) ? toNumber(limit) : 0,
      hint,
    },
    rest,
  };
}

async function* read(
  store: Store,
  namespace: string,
  query: Query,
  context: ReturnType<typeof matchContext>,
): Flow {
  const collection = store.collections.get(namespace);
  if (!collection) return;
  for await (const part of findMatches(store, collection, query, context))
    yield part.map(({ document }) => document);
}

async function* toBytes(flow: Flow): AsyncGenerator<Buffer[], void> {
  for await (const documents of flow) yield documents.map((document: Doc) => encodeDocument(document));
}
