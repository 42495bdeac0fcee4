import { isTrue } from '../../bson/compare.js';
import { encodeDocument } from '../../bson/encode.js';
import { int } from '../../bson/number.js';
import { type Doc, doc } from '../../bson/value.js';
import { compileFilter } from '../../language/match.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { type Collection, databaseOf, ID_INDEX, nameOf } from '../../store/collection.js';
import {
  type Call,
  type Commands,
  docField,
  matchContext,
  namespaceOf,
  ok,
  type Reply,
  textField,
} from '../command.js';
import { atHand } from '../cursors.js';

export const collectionCommands: Commands = {
  create: { fields: ['capped', 'autoIndexId'], run: create },
  drop: { fields: [], run: drop },
  dropDatabase: { fields: [], run: dropDatabase },
  renameCollection: { fields: ['to', 'dropTarget'], run: renameCollection },
  listCollections: {
    fields: ['filter', 'nameOnly', 'authorizedCollections', 'cursor'],
    run: listCollections,
  },
  listDatabases: { fields: ['filter', 'nameOnly', 'authorizedDatabases'], run: listDatabases },
};

async function create(call: Call): Promise<Reply> {
  const { store, command } = call;
  if (isTrue(command.get('capped'))) throw refusal('a capped collection', 72);
  const namespace = namespaceOf(call);
  await store.write(() => {
    if (!store.collections.has(namespace)) store.createCollection(namespace, new Map());
  });
  return ok();
}

async function drop(call: Call): Promise<Reply> {
  const { store } = call;
  const namespace = namespaceOf(call);
  const before = await store.write(() => {
    const collection = store.collections.get(namespace);
    if (collection) store.dropCollection(collection);
    return collection?.indexes.length;
  });
  return before === undefined ? ok() : ok({ nIndexesWas: int(before), ns: namespace });
}

const inDatabase = ({ store, database }: Call): Collection[] =>
  [...store.collections.values()].filter((collection) => databaseOf(collection) === database);

async function dropDatabase(call: Call): Promise<Reply> {
  await call.store.write(() => {
    for (const collection of inDatabase(call)) call.store.dropCollection(collection);
  });
  return ok({ dropped: call.database });
}

async function renameCollection({ command, store }: Call): Promise<Reply> {
  const from = textField(command, 'renameCollection');
  const to = textField(command, 'to');
  await store.write(() => {
    const collection = store.collections.get(from);
    if (!collection) throw new MongoError(26, `Source collection ${from} does not exist`);
    if (from === to) throw new MongoError(20, "Can't rename a collection to itself");
    const target = store.collections.get(to);
    if (target && !isTrue(command.get('dropTarget'))) throw new MongoError(48, 'target namespace exists');
    if (target) store.dropCollection(target);
    store.renameCollection(collection, to);
  });
  return ok();
}

async function listCollections(call: Call): Promise<Reply> {
  const matches = compileFilter(docField(call.command, 'filter'), matchContext(call));
  const described = inDatabase(call).map((collection) => describe(collection));
  const listed = described.filter((entry) => matches(entry));
  const nameOnly = isTrue(call.command.get('nameOnly'));
  const documents = listed.map((entry) =>
    encodeDocument(nameOnly ? doc({ name: entry.get('name'), type: entry.get('type') }) : entry),
  );
  const answer = await call.cursors.start(
    `${call.database}.$cmd.listCollections`,
    atHand(documents),
    Infinity,
  );
  return new Map(answer).set('ok', 1);
}

const describe = (collection: Collection): Doc =>
  doc({
    name: nameOf(collection),
    type: 'collection',
    options: collection.options,
    info: doc({ readOnly: false, uuid: collection.uuid }),
    idIndex: ID_INDEX,
  });

function listDatabases(call: Call): Reply {
  const sizes = new Map<string, number>();
  for (const collection of call.store.collections.values()) {
    sizes.set(databaseOf(collection), (sizes.get(databaseOf(collection)) ?? 0) + collection.size);
  }
  const matches = compileFilter(docField(call.command, 'filter'), matchContext(call));
  const nameOnly = isTrue(call.command.get('nameOnly'));
  const databases = [...sizes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, size]) => doc(nameOnly ? { name } : { name, sizeOnDisk: BigInt(size), empty: false }))
    .filter((entry) => matches(entry));
  return ok({
    databases,
    totalSize: nameOnly ? undefined : BigInt([...sizes.values()].reduce((sum, size) => sum + size, 0)),
  });
}
