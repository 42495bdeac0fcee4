import { compare, isTrue } from '../../bson/compare.js';
import { encodeDocument } from '../../bson/encode.js';
import { hashKey } from '../../bson/hash-key.js';
import { integer, toBigInt } from '../../bson/number.js';
import { type Doc, isArray, isNumeric, type Maybe, type Value } from '../../bson/value.js';
import { compileFilter, type MatchContext } from '../../language/match.js';
import { visitPath } from '../../language/path.js';
import { compileProjection, type Projection } from '../../language/project.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { findMatches, type Match, type Query } from '../../query/find-matches.js';
import type { Collection } from '../../store/collection.js';
import type { Store } from '../../store/store.js';
import {
  arrayField,
  type Call,
  collectionOf,
  type Commands,
  docField,
  matchContext,
  namespaceOf,
  numberField,
  ok,
  type Reply,
  sortField,
  textField,
} from '../command.js';

export const readCommands: Commands = {
  find: {
    fields: [
      'filter',
      'projection',
      'sort',
      'skip',
      'limit',
      'batchSize',
      'singleBatch',
      'hint',
      'let',
      'noCursorTimeout',
      'tailable',
      'awaitData',
    ],
    run: find,
  },
  getMore: { fields: ['collection', 'batchSize'], run: getMore },
  killCursors: { fields: ['cursors'], run: killCursors },
  count: { fields: ['query', 'limit', 'skip', 'hint'], run: count },
  distinct: { fields: ['key', 'query', 'hint'], run: distinct },
};

async function find(call: Call): Promise<Reply> {
  const { command, store, cursors } = call;
  if (isTrue(command.get('tailable'))) throw refusal('a tailable cursor', 72);
  const namespace = namespaceOf(call);
  const context = matchContext(call);
  const query = readQuery(command);
  compileFilter(query.filter, context);
  const projection = docField(command, 'projection');
  const project = projection.size ? compileProjection(projection, context, true) : undefined;
  const collection = store.collections.get(namespace);
  const limit = numberField(command, 'limit', 0);
  const batchSize = command.has('batchSize') ? numberField(command, 'batchSize', 0) : undefined;
  const portions = findBytes(store, collection, query, context, project);
  return new Map(
    await cursors.start(namespace, portions, batchSize, limit < 0 || isTrue(command.get('singleBatch'))),
  ).set('ok', 1);
}

/** The query of a find command. */
export function readQuery(command: Doc): Query {
  const skip = numberField(command, 'skip', 0);
  if (skip < 0) throw new MongoError(51024, `BSON field 'skip' value must be >= 0, actual value '${skip}'`);
  const limit = Math.abs(numberField(command, 'limit', 0));
  const { sort, natural } = sortField(command);
  const hint = natural === 0 ? command.get('hint') : new Map<string, Value>([['$natural', natural]]);
  return {
    filter: docField(command, 'filter'),
    sort,
    skip,
    limit,
    hint: isEmptyHint(hint) ? undefined : hint,
  };
}

const isEmptyHint = (hint: Maybe): boolean => hint instanceof Map && hint.size === 0;

async function* findBytes(
  store: Store,
  collection: Collection | undefined,
  query: Query,
  context: MatchContext,
  project: Projection | undefined,
): AsyncGenerator<Buffer[], void> {
  if (!collection) return;
  const toBytes = (match: Match): Buffer =>
    project ? encodeDocument(project(match.document, match.found)) : match.bytes;
  for await (const part of findMatches(store, collection, query, context)) yield part.map(toBytes);
}

async function getMore({ command, cursors, database }: Call): Promise<Reply> {
  const id = command.get('getMore');
  const batchSize = command.has('batchSize') ? numberField(command, 'batchSize', 0) : undefined;
  const namespace = `${database}.${textField(command, 'collection')}`;
  const answer = await cursors.more(isNumeric(id) ? toBigInt(id) : 0n, namespace, batchSize);
  return new Map(answer).set('ok', 1);
}

function killCursors({ command, cursors }: Call): Reply {
  const ids = arrayField(command, 'cursors');
  const isKilled = ids.map((id) => isNumeric(id) && cursors.kill(toBigInt(id)));
  return ok({
    cursorsKilled: ids.filter((_, i) => isKilled[i]),
    cursorsNotFound: ids.filter((_, i) => !isKilled[i]),
    cursorsAlive: [],
    cursorsUnknown: [],
  });
}

async function count(call: Call): Promise<Reply> {
  const { command, store } = call;
  const context = matchContext(call);
  const query: Query = {
    filter: docField(command, 'query'),
    skip: numberField(command, 'skip', 0),
    limit: Math.abs(numberField(command, 'limit', 0)),
    hint: command.get('hint'),
  };
  compileFilter(query.filter, context);
  const collection = collectionOf(call);
  if (!collection) return ok({ n: integer(0) });
  if (query.filter.size === 0 && !query.skip && !query.limit) return ok({ n: integer(collection.count) });
  let total = 0;
  for await (const part of findMatches(store, collection, query, context)) total += part.length;
  return ok({ n: integer(total) });
}

async function distinct(call: Call): Promise<Reply> {
  const { command, store } = call;
  const key = command.get('key');
  if (typeof key !== 'string') throw new MongoError(14, "BSON field 'key' must be a string");
  const context = matchContext(call);
  const filter = docField(command, 'query');
  compileFilter(filter, context);
  const collection = collectionOf(call);
  const values = new Map<string, Value>();
  const add = (value: Maybe): void => {
    const hash = hashKey(value);
    if (value !== undefined && !values.has(hash)) values.set(hash, value);
  };
  if (collection) {
    for await (const part of findMatches(store, collection, { filter, hint: command.get('hint') }, context)) {
      for (const match of part) {
        visitPath(match.document, key.split('.'), false, (value) => {
          if (isArray(value)) value.forEach(add);
          else add(value);
          return false;
        });
      }
    }
  }
  return ok({ values: [...values.values()].sort(compare) });
}
