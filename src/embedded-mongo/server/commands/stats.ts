import { int, integer } from '../../bson/number.js';
import { type Doc, doc, type Maybe, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import type { Collection, Index } from '../../store/collection.js';
import { prefix } from '../../store/record-keys.js';
import type { Store } from '../../store/store.js';
import { type Call, command, type Commands, Fields, ok, type Reply } from '../command.js';
import { collectionsOf } from './collections.js';

/** Keys whose mean length stands for those of the whole index. */
const SAMPLE = 100;

/** What mongosh's `stats()`, `dataSize()`, `totalSize()` and the like ask. Sizes are of the data without free pages. */
export const statsCommands: Commands = {
  dbStats: command('scale freeStorage', dbStats),
  dbstats: command('scale freeStorage', dbStats),
  collStats: command('scale', collStats),
  collstats: command('scale', collStats),
};

function dbStats(call: Call): Reply {
  const collections = collectionsOf(call);
  const scale = scaleOf(call);
  const [objects, size, indexSize] = [
    sum(collections.map(({ count }) => count)),
    sum(collections.map((collection) => collection.size)),
    sum(collections.flatMap(({ indexes }) => indexes.map((index) => indexBytes(call.store, index)))),
  ];
  return ok({
    db: call.database,
    collections: int(collections.length),
    views: int(0),
    objects: integer(objects),
    avgObjSize: objects ? size / objects : 0,
    dataSize: size / scale,
    storageSize: size / scale,
    indexes: int(sum(collections.map(({ indexes }) => indexes.length))),
    indexSize: indexSize / scale,
    totalSize: (size + indexSize) / scale,
    ...(call.isTrue('freeStorage') && {
      freeStorageSize: int(0),
      indexFreeStorageSize: int(0),
      totalFreeStorageSize: int(0),
    }),
    scaleFactor: integer(scale),
  });
}

function collStats(call: Call): Reply {
  return ok({ ns: call.namespace, ...storageStats(call.store, call.collection, scaleOf(call)) });
}

function storageStats(
  store: Store,
  collection: Collection | undefined,
  scale: number,
): Record<string, Maybe> {
  const { count = 0, size = 0, indexes = [] } = collection ?? {};
  const bytes = indexes.map((index) => [index.name, indexBytes(store, index)] as const);
  const indexSize = sum(bytes.map(([, length]) => length));
  const scaled = (length: number): Value => integer(Math.floor(length / scale));
  return {
    size: scaled(size),
    count: integer(count),
    avgObjSize: count ? integer(Math.floor(size / count)) : undefined,
    storageSize: scaled(size),
    freeStorageSize: int(0),
    capped: false,
    nindexes: int(indexes.length),
    indexBuilds: [],
    totalIndexSize: scaled(indexSize),
    indexSizes: new Map(bytes.map(([name, length]) => [name, scaled(length)])),
    totalSize: scaled(size + indexSize),
    scaleFactor: integer(scale),
  };
}

function indexBytes({ keys }: Store, { id }: Index): number {
  const range = { start: prefix(id), end: prefix(id + 1) };
  const sample = [...keys.getRange({ ...range, limit: SAMPLE })].map(
    ({ key, value }) => key.length + value.length,
  );
  return sample.length ? Math.round((sum(sample) / sample.length) * keys.getKeysCount(range)) : 0;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

function scaleOf(fields: Fields): number {
  const scale = fields.number('scale', 1);
  if (scale < 1) throw new MongoError(2, `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  return scale;
}

/** The one document that the stage $collStats gives. */
export function collStatsDocument(call: Call, argument: Value): Doc {
  const wanted = new Fields(new Fields(doc({ $collStats: argument })).document('$collStats'));
  checkNames(wanted.given, ['storageStats', 'count']);
  const asked = new Fields(wanted.document('storageStats'));
  checkNames(asked.given, ['scale']);
  wanted.document('count');
  const { collection, namespace, store } = call;
  if (!collection && wanted.given.size)
    throw new MongoError(26, `Unable to retrieve $collStats: Collection [${namespace}] not found.`);
  return doc({
    ns: namespace,
    localTime: call.now,
    storageStats: wanted.given.has('storageStats')
      ? doc(storageStats(store, collection, scaleOf(asked)))
      : undefined,
    count: wanted.given.has('count') ? integer(collection?.count ?? 0) : undefined,
  });
}

function checkNames(given: Doc, known: readonly string[]): void {
  for (const name of given.keys()) if (!known.includes(name)) throw refusal(`$collStats with ${name}`, 40415);
}
