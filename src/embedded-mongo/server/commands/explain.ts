import { int } from '../../bson/number.js';
import { type Doc, doc, isArray, isDoc, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { findMatches, MatchReader, type Query } from '../../query/find-matches.js';
import type { IndexPlan, Plan } from '../../store/plan.js';
import { type Call, type Commands, docField, matchContext, ok, type Reply, textField } from '../command.js';
import { splitPipeline } from './aggregate.js';
import { readQuery } from './read.js';

export const explainCommands: Commands = { explain: { fields: ['verbosity'], run: explain } };

/** Shows the plan of a command and, unless only the planner is asked, what running its reading part examines. */
async function explain(call: Call): Promise<Reply> {
  const inner = docField(call.command, 'explain');
  const name = inner.keys().next().value ?? '';
  const query = queryOf(name, inner);
  const namespace = `${call.database}.${textField(inner, name)}`;
  const collection = call.store.collections.get(namespace);
  const context = matchContext({ ...call, command: inner });
  const reader = collection && new MatchReader(call.store, collection, query, context);
  let returned = 0;
  if (collection && reader && call.command.get('verbosity') !== 'queryPlanner') {
    for await (const part of findMatches(call.store, collection, query, context, reader))
      returned += part.length;
  }
  const winning = reader ? planOf(reader, query) : doc({ stage: 'EOF' });
  const planner = doc({
    plannerVersion: int(1),
    namespace,
    parsedQuery: query.filter,
    winningPlan: winning,
    rejectedPlans: [],
  });
  const stats = doc({
    executionSuccess: true,
    nReturned: int(returned),
    totalKeysExamined: int(reader?.reader.keysExamined ?? 0),
    totalDocsExamined: int(reader?.reader.documentsExamined ?? 0),
  });
  return ok({
    queryPlanner: planner,
    executionStats: stats,
    command: inner,
    serverInfo: doc({ host: 'embedded', version: '7.0.0' }),
  });
}

function queryOf(name: string, command: Doc): Query {
  switch (name) {
    case 'find':
      return readQuery(command);
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return { filter: docField(command, 'query'), hint: command.get('hint') };
    case 'aggregate': {
      const stages = command.get('pipeline');
      return splitPipeline(isArray(stages) ? stages : [], command.get('hint')).query;
    }
    case 'update':
      return statementQuery(command.get('updates') ?? null);
    case 'delete':
      return statementQuery(command.get('deletes') ?? null);
    default:
      throw refusal(`explain of the command ${name}`, 59);
  }
}

function statementQuery(statements: Value): Query {
  const [statement] = isArray(statements) ? statements : [];
  if (!isDoc(statement)) throw new MongoError(9, 'explain needs a statement');
  return { filter: docField(statement, 'q'), hint: statement.get('hint') };
}

function planOf(reader: MatchReader, query: Query): Doc {
  const access = accessOf(reader.plan);
  return reader.needsSort(query.sort) ? doc({ stage: 'SORT', inputStage: access }) : access;
}

function accessOf(plan: Plan): Doc {
  switch (plan.kind) {
    case 'scan':
      return doc({ stage: 'COLLSCAN', direction: plan.reverse ? 'backward' : 'forward' });
    case 'index':
      return doc({ stage: 'FETCH', inputStage: indexScan(plan) });
    case 'union':
      return doc({
        stage: 'FETCH',
        inputStage: doc({ stage: 'OR', inputStages: plan.plans.map(indexScan) }),
      });
  }
}

const indexScan = ({ index, reverse, ranges, equalities, bounded }: IndexPlan): Doc =>
  doc({
    stage: 'IXSCAN',
    keyPattern: index.pattern,
    indexName: index.name,
    isMultiKey: index.multikey,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    direction: reverse ? 'backward' : 'forward',
    equalityFields: int(equalities),
    ranges: int(bounded ? ranges.length : 0),
  });
