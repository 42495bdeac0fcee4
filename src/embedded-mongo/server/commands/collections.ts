import { encodeDocument } from '../../bson/encode.js';
import { int } from '../../bson/number.js';
import { type Doc, doc } from '../../bson/value.js';
import { compileFilter } from '../../language/match.js';
import { refusal } from '../../mongo-error.js';
import { type Collection, databaseOf, ID_INDEX, nameOf } from '../../store/collection.js';
import { type Call, command, type Commands, ok, type Reply } from '../command.js';
import { atHand } from '../cursors.js';

export const collectionCommands: Commands = {
  create: command('capped autoIndexId', create),
  drop: command('', drop),
  dropDatabase: command('', dropDatabase),
  listCollections: command('filter nameOnly authorizedCollections cursor', listCollections),
  listDatabases: command('filter nameOnly authorizedDatabases', listDatabases),
};

async function create(call: Call): Promise<Reply> {
  if (call.isTrue('capped')) throw refusal('a capped collection', 72);
  const namespace = call.namespace;
  await call.store.write(() => call.store.ensureCollection(namespace));
  return ok();
}

async function drop(call: Call): Promise<Reply> {
  const { store } = call;
  const namespace = call.namespace;
  const before = await store.write(() => {
    const collection = store.collections.get(namespace);
    if (collection) store.dropCollection(collection);
    return collection?.indexes.length;
  });
  return before === undefined ? ok() : ok({ nIndexesWas: int(before), ns: namespace });
}

/** The collections of the database that the command names. */
export const collectionsOf = ({ store, database }: Call): Collection[] =>
  [...store.collections.values()].filter((collection) => databaseOf(collection) === database);

async function dropDatabase(call: Call): Promise<Reply> {
  await call.store.write(() => {
    for (const collection of collectionsOf(call)) call.store.dropCollection(collection);
  });
  return ok({ dropped: call.database });
}

function listCollections(call: Call): Promise<Reply> {
  const matches = compileFilter(call.document('filter'), call.context());
  const described = collectionsOf(call).map((collection) => describe(collection));
  return call.cursors.start({
    namespace: `${call.database}.$cmd.listCollections`,
    portions: atHand(described.filter((entry) => matches(entry)).map((entry) => encodeDocument(entry))),
    batchSize: Infinity,
  });
}

const describe = (collection: Collection): Doc =>
  doc({
    name: nameOf(collection),
    type: 'collection',
    options: doc({}),
    info: doc({ readOnly: false }),
    idIndex: ID_INDEX,
  });

function listDatabases(call: Call): Reply {
  const sizes = new Map<string, number>();
  for (const collection of call.store.collections.values()) {
    sizes.set(databaseOf(collection), (sizes.get(databaseOf(collection)) ?? 0) + collection.size);
  }
  const matches = compileFilter(call.document('filter'), call.context());
  const nameOnly = call.isTrue('nameOnly');
  const databases = [...sizes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, size]) => doc(nameOnly ? { name } : { name, sizeOnDisk: BigInt(size), empty: false }))
    .filter((entry) => matches(entry));
  return ok({
    databases,
    totalSize: nameOnly ? undefined : BigInt([...sizes.values()].reduce((sum, size) => sum + size, 0)),
  });
}
