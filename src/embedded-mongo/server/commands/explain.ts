import { int } from '../../bson/number.js';
import { type Doc, doc, isDoc } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { MatchReader } from '../../query/find-matches.js';
import { Query } from '../../query/query.js';
import type { IndexScan, Plan } from '../../store/plan.js';
import { Call, command, type Commands, Fields, ok, type Reply } from '../command.js';
import { splitPipeline } from './aggregate.js';
import { readQuery } from './read.js';

export const explainCommands: Commands = { explain: command('verbosity', explain) };

/** Shows the plan of a command and, unless only the planner is asked, what running its reading part examines. */
async function explain(call: Call): Promise<Reply> {
  const inner = call.document('explain');
  const [name = ''] = inner.keys();
  const given = new Map([...inner, ['$db', call.database] as const]);
  const explained = new Call(given, name, call.store, call.cursors, call.now);
  const query = queryOf(explained);
  const limit = name === 'findAndModify' ? 1 : query.limit;
  const { collection, namespace } = explained;
  const reader = collection && new MatchReader(call.store, collection, query, limit);
  let returned = 0;
  if (reader && call.get('verbosity') !== 'queryPlanner')
    for (let part = await reader.next(); part; part = await reader.next()) returned += part.length;
  const access = reader ? accessOf(reader.plan) : doc({ stage: 'EOF' });
  return ok({
    explainVersion: '1',
    queryPlanner: doc({
      namespace,
      parsedQuery: query.filter,
      winningPlan: reader?.sort ? doc({ stage: 'SORT', inputStage: access }) : access,
      rejectedPlans: [],
    }),
    executionStats: doc({
      executionSuccess: true,
      nReturned: int(returned),
      totalKeysExamined: int(reader?.candidates.keysExamined ?? 0),
      totalDocsExamined: int(reader?.candidates.documentsExamined ?? 0),
    }),
    command: inner,
  });
}

function queryOf(call: Call): Query {
  const context = call.context();
  switch (call.name) {
    case 'find':
      return readQuery(call, 'filter', context);
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return readQuery(call, 'query', context);
    case 'aggregate':
      return splitPipeline(call.array('pipeline'), context, call.hint).query;
    case 'update':
    case 'delete': {
      const [first] = call.array(`${call.name}s`);
      if (!isDoc(first)) throw new MongoError(9, 'explain needs a statement');
      const statement = new Fields(first);
      const { sort, hint } = statement;
      return new Query(statement.document('q'), context, { sort, hint });
    }
    default:
      throw refusal(`explain of the command ${call.name}`, 59);
  }
}

function accessOf({ scans, sorted, backward }: Plan): Doc {
  const [only] = scans;
  if (!only) return doc({ stage: 'COLLSCAN', direction: backward ? 'backward' : 'forward' });
  const merged = sorted && scans.reduce((sum, { ranges }) => sum + ranges.length, 0) > 1;
  const inputStage =
    scans.length > 1 || merged
      ? doc({ stage: merged ? 'SORT_MERGE' : 'OR', inputStages: scans.map(indexScan) })
      : indexScan(only);
  return doc({ stage: 'FETCH', inputStage });
}

const indexScan = ({ index, backward, ranges, equalities, bounded }: IndexScan): Doc =>
  doc({
    stage: 'IXSCAN',
    keyPattern: index.pattern,
    indexName: index.name,
    isMultiKey: index.multikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    direction: backward ? 'backward' : 'forward',
    equalityFields: int(equalities),
    ranges: int(bounded ? ranges.length : 0),
  });
