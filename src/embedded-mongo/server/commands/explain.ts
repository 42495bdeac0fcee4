import { int } from '../../bson/number.js';
import { type Doc, doc, isArray, isDoc } from '../../bson/value.js';
import type { MatchContext } from '../../language/match.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { MatchReader } from '../../query/find-matches.js';
import { Query } from '../../query/query.js';
import type { IndexScan, Plan } from '../../store/plan.js';
import {
  arrayField,
  type Call,
  command,
  type Commands,
  docField,
  matchContext,
  ok,
  type Reply,
  sortField,
  textField,
} from '../command.js';
import { splitPipeline } from './aggregate.js';
import { readQuery } from './read.js';

export const explainCommands: Commands = { explain: command('verbosity', explain) };

/** Shows the plan of a command and, unless only the planner is asked, what running its reading part examines. */
async function explain(call: Call): Promise<Reply> {
  const inner = docField(call.command, 'explain');
  const name = inner.keys().next().value ?? '';
  const query = queryOf(name, inner, matchContext({ ...call, command: inner }));
  const namespace = `${call.database}.${textField(inner, name)}`;
  const collection = call.store.collections.get(namespace);
  const limit = name === 'findAndModify' ? 1 : query.limit;
  const reader = collection && new MatchReader(call.store, collection, query, limit);
  let returned = 0;
  if (reader && call.command.get('verbosity') !== 'queryPlanner')
    for (let part = await reader.next(); part; part = await reader.next()) returned += part.length;
  const access = reader ? accessOf(reader.plan) : doc({ stage: 'EOF' });
  return ok({
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

function queryOf(name: string, given: Doc, context: MatchContext): Query {
  switch (name) {
    case 'find':
      return readQuery(given, 'filter', context);
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return readQuery(given, 'query', context);
    case 'aggregate':
      return splitPipeline(arrayField(given, 'pipeline'), context, given.get('hint')).query;
    case 'update':
    case 'delete': {
      const statements = given.get(`${name}s`);
      const [statement] = isArray(statements) ? statements : [];
      if (!isDoc(statement)) throw new MongoError(9, 'explain needs a statement');
      const choice = { sort: sortField(statement), hint: statement.get('hint') };
      return new Query(docField(statement, 'q'), context, choice);
    }
    default:
      throw refusal(`explain of the command ${name}`, 59);
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
