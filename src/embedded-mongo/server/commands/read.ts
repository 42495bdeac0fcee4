import { compare } from '../../bson/compare.js';
import { encodeDocument } from '../../bson/encode.js';
import { integer, toBigInt } from '../../bson/number.js';
import { isArray, isNumeric } from '../../bson/value.js';
import { ACCUMULATORS } from '../../language/expression/accumulators.js';
import type { MatchContext } from '../../language/match.js';
import { visitPath } from '../../language/path.js';
import { checkPositional, compileProjection } from '../../language/project.js';
import { withProjection } from '../../language/sort-pattern.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { findMatches, type Match, MatchReader } from '../../query/find-matches.js';
import { Query } from '../../query/query.js';
import { type Call, command, type Commands, ok, type Reply } from '../command.js';
import { atHand } from '../cursors.js';

export const readCommands: Commands = {
  find: command(
    'filter projection sort skip limit batchSize singleBatch hint let noCursorTimeout tailable awaitData',
    find,
  ),
  getMore: command('collection batchSize', getMore),
  killCursors: command('cursors', killCursors),
  count: command('query limit skip hint', count),
  distinct: command('key query hint', distinct),
};

function find(call: Call): Promise<Reply> {
  if (call.isTrue('tailable')) throw refusal('a tailable cursor', 72);
  const context = call.context();
  const query = readQuery(call, 'filter', context);
  const projection = call.document('projection');
  const project = projection.size ? compileProjection(projection, context, 'find') : undefined;
  checkPositional(projection, query.filter);
  const toBytes = (match: Match): Buffer =>
    project ? encodeDocument(project(match.document, match.found)) : match.bytes;
  const collection = call.collection;
  const reader = collection && new MatchReader(call.store, collection, query);
  return call.cursors.start({
    namespace: call.namespace,
    portions: reader ? async () => (await reader.next())?.map(toBytes) : atHand([]),
    batchSize: call.number('batchSize', undefined),
    single: call.number('limit', 0) < 0 || call.isTrue('singleBatch'),
    timeLimit: query.timeLimit,
  });
}

/** The query of a command whose filter stands in the named field. */
export function readQuery(call: Call, filterField: string, context: MatchContext): Query {
  const skip = call.number('skip', 0);
  if (skip < 0) throw new MongoError(51024, `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  const { sort } = call;
  const projection = call.document('projection');
  return new Query(call.document(filterField), context, {
    sort: sort && projection.size ? withProjection(sort, projection) : sort,
    skip,
    limit: Math.abs(call.number('limit', 0)),
    hint: call.hint,
    timeLimit: call.timeLimit,
  });
}

function getMore(call: Call): Promise<Reply> {
  if (call.given.has('maxTimeMS'))
    throw new MongoError(2, 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  const id = call.get('getMore');
  const namespace = `${call.database}.${call.text('collection')}`;
  return call.cursors.more(isNumeric(id) ? toBigInt(id) : 0n, namespace, call.number('batchSize', undefined));
}

function killCursors(call: Call): Reply {
  const ids = call.array('cursors');
  const isKilled = ids.map((id) => isNumeric(id) && call.cursors.kill(toBigInt(id)));
  return ok({
    cursorsKilled: ids.filter((_, i) => isKilled[i]),
    cursorsNotFound: ids.filter((_, i) => !isKilled[i]),
    cursorsAlive: [],
    cursorsUnknown: [],
  });
}

async function count(call: Call): Promise<Reply> {
  const query = readQuery(call, 'query', call.context());
  const collection = call.collection;
  if (!collection) return ok({ n: integer(0) });
  if (query.filter.size === 0 && !query.skip && !query.limit) return ok({ n: integer(collection.count) });
  let total = 0;
  for await (const part of findMatches(call.store, collection, query)) total += part.length;
  return ok({ n: integer(total) });
}

async function distinct(call: Call): Promise<Reply> {
  const path = call.text('key').split('.');
  const query = readQuery(call, 'query', call.context());
  const collection = call.collection;
  const values = ACCUMULATORS.$addToSet();
  if (collection) {
    for await (const part of findMatches(call.store, collection, query)) {
      for (const match of part) {
        visitPath(match.document, path, false, (value) => {
          for (const one of isArray(value) ? value : [value]) values.add(one);
          return false;
        });
      }
    }
  }
  return ok({ values: values.result().sort(compare) });
}
