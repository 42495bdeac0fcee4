import { compare, isTrue } from '../../bson/compare.js';
import { encodeDocument } from '../../bson/encode.js';
import { hashKey } from '../../bson/hash-key.js';
import { integer, toBigInt } from '../../bson/number.js';
import { type Doc, isArray, isNumeric, type Maybe, type Value } from '../../bson/value.js';
import type { MatchContext } from '../../language/match.js';
import { visitPath } from '../../language/path.js';
import { compileProjection } from '../../language/project.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { findMatches, type Match, MatchReader } from '../../query/find-matches.js';
import { Query } from '../../query/query.js';
import {
  arrayField,
  type Call,
  collectionOf,
  command,
  type Commands,
  docField,
  hintField,
  matchContext,
  namespaceOf,
  numberField,
  ok,
  type Reply,
  sortField,
  textField,
  timeLimit,
} from '../command.js';
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
  const given = call.command;
  if (isTrue(given.get('tailable'))) throw refusal('a tailable cursor', 72);
  const context = matchContext(call);
  const query = readQuery(given, 'filter', context);
  const projection = docField(given, 'projection');
  const project = projection.size ? compileProjection(projection, context, true) : undefined;
  const toBytes = (match: Match): Buffer =>
    project ? encodeDocument(project(match.document, match.found)) : match.bytes;
  const collection = collectionOf(call);
  const reader = collection && new MatchReader(call.store, collection, query);
  return call.cursors.start({
    namespace: namespaceOf(call),
    portions: reader ? async () => (await reader.next())?.map(toBytes) : atHand([]),
    batchSize: numberField(given, 'batchSize', undefined),
    single: numberField(given, 'limit', 0) < 0 || isTrue(given.get('singleBatch')),
    timeLimit: query.timeLimit,
  });
}

/** The query of a command whose filter stands in the named field. */
export function readQuery(given: Doc, filterField: string, context: MatchContext): Query {
  const skip = numberField(given, 'skip', 0);
  if (skip < 0) throw new MongoError(51024, `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  return new Query(docField(given, filterField), context, {
    sort: sortField(given),
    skip,
    limit: Math.abs(numberField(given, 'limit', 0)),
    hint: hintField(given),
    timeLimit: timeLimit(given),
  });
}

function getMore({ command: given, cursors, database }: Call): Promise<Reply> {
  const id = given.get('getMore');
  const namespace = `${database}.${textField(given, 'collection')}`;
  return cursors.more(
    isNumeric(id) ? toBigInt(id) : 0n,
    namespace,
    numberField(given, 'batchSize', undefined),
  );
}

function killCursors({ command: given, cursors }: Call): Reply {
  const ids = arrayField(given, 'cursors');
  const isKilled = ids.map((id) => isNumeric(id) && cursors.kill(toBigInt(id)));
  return ok({
    cursorsKilled: ids.filter((_, i) => isKilled[i]),
    cursorsNotFound: ids.filter((_, i) => !isKilled[i]),
    cursorsAlive: [],
    cursorsUnknown: [],
  });
}

async function count(call: Call): Promise<Reply> {
  const query = readQuery(call.command, 'query', matchContext(call));
  const collection = collectionOf(call);
  if (!collection) return ok({ n: integer(0) });
  if (query.filter.size === 0 && !query.skip && !query.limit) return ok({ n: integer(collection.count) });
  let total = 0;
  for await (const part of findMatches(call.store, collection, query)) total += part.length;
  return ok({ n: integer(total) });
}

async function distinct(call: Call): Promise<Reply> {
  const path = textField(call.command, 'key').split('.');
  const query = readQuery(call.command, 'query', matchContext(call));
  const collection = collectionOf(call);
  const values = new Map<string, Value>();
  const add = (value: Maybe): void => {
    const hash = hashKey(value);
    if (value !== undefined && !values.has(hash)) values.set(hash, value);
  };
  if (collection) {
    for await (const part of findMatches(call.store, collection, query)) {
      for (const match of part) {
        visitPath(match.document, path, false, (value) => {
          if (isArray(value)) value.forEach(add);
          else add(value);
          return false;
        });
      }
    }
  }
  return ok({ values: [...values.values()].sort(compare) });
}
