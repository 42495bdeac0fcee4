import { encodeDocument } from '../../bson/encode.js';
import { int } from '../../bson/number.js';
import { show } from '../../bson/show.js';
import { isArray, isDoc, type Maybe } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { buildIndex } from '../../store/build-index.js';
import { type Collection, findIndex, type Index, makeIndex } from '../../store/collection.js';
import { existsAlready, normalizeIndexSpec } from '../../store/index-specs.js';
import type { Store } from '../../store/store.js';
import { type Call, command, type Commands, Fields, ok, type Reply } from '../command.js';
import { atHand } from '../cursors.js';

export const indexCommands: Commands = {
  createIndexes: command('indexes commitQuorum', createIndexes),
  listIndexes: command('cursor', listIndexes),
  dropIndexes: command('index', dropIndexes),
  collMod: command('index', collMod),
};

async function createIndexes(call: Call): Promise<Reply> {
  const { store, namespace } = call;
  if (call.given.has('maxTimeMS')) throw refusal('the option maxTimeMS of the command createIndexes', 72);
  const specs = call.array('indexes').map(normalizeIndexSpec);
  if (!specs.length) throw new MongoError(2, 'Must specify at least one index to create');
  return store.write(() => {
    const existed = store.collections.has(namespace);
    const collection = store.ensureCollection(namespace);
    const before = collection.indexes.length;
    try {
      for (const spec of specs) if (!existsAlready(collection, spec)) buildIndex(store, collection, spec);
    } catch (error) {
      if (existed) removeIndexes(store, collection, collection.indexes.slice(before));
      else store.dropCollection(collection);
      throw error;
    }
    return ok({
      numIndexesBefore: int(before),
      numIndexesAfter: int(collection.indexes.length),
      createdCollectionAutomatically: !existed,
      note: before === collection.indexes.length ? 'all indexes already exist' : undefined,
    });
  });
}

function removeIndexes(store: Store, collection: Collection, removed: readonly Index[]): void {
  for (const index of removed) store.dropIndexKeys(index.id);
  collection.indexes = collection.indexes.filter((index) => !removed.includes(index));
  store.saveCollection(collection);
}

function existing(call: Call, message: string): Collection {
  const collection = call.collection;
  if (!collection) throw new MongoError(26, `${message} ${call.namespace}`);
  return collection;
}

function listIndexes(call: Call): Promise<Reply> {
  const collection = existing(call, 'ns does not exist:');
  return call.cursors.start({
    namespace: collection.namespace,
    portions: atHand(collection.indexes.map(({ spec }) => encodeDocument(spec))),
    batchSize: new Fields(call.document('cursor')).number('batchSize', undefined),
  });
}

async function dropIndexes(call: Call): Promise<Reply> {
  const wanted = call.get('index');
  return call.store.write(() => {
    const collection = existing(call, 'ns not found');
    const before = collection.indexes.length;
    const dropped =
      wanted === '*'
        ? collection.indexes.filter(({ name }) => name !== '_id_')
        : namedIndexes(collection, wanted);
    removeIndexes(call.store, collection, dropped);
    return ok({ nIndexesWas: int(before) });
  });
}

const namedIndexes = (collection: Collection, wanted: Maybe): Index[] =>
  (isArray(wanted) ? wanted : [wanted ?? null]).map((name) => {
    const index = findIndex(collection, name);
    if (!index)
      throw new MongoError(
        27,
        isDoc(name)
          ? `can't find index with key: ${show(name)}`
          : `index not found with name [${show(name)}]`,
      );
    if (index.name === '_id_') throw new MongoError(72, 'cannot drop _id index');
    return index;
  });

/** Changes expiry or visibility of an index. */
async function collMod(call: Call): Promise<Reply> {
  const change = call.document('index');
  const wanted = change.get('name') ?? change.get('keyPattern') ?? null;
  const spec = new Map([...change].filter(([option]) => option !== 'name' && option !== 'keyPattern'));
  for (const option of spec.keys())
    if (option !== 'expireAfterSeconds' && option !== 'hidden')
      throw refusal(`the option index.${option} of the command collMod`, 72);
  return call.store.write(() => {
    const collection = existing(call, 'ns does not exist:');
    if (change.size === 0) return ok();
    const index = findIndex(collection, wanted);
    if (!index) throw new MongoError(27, `cannot find index ${show(wanted)} for ns ${collection.namespace}`);
    const { multikey, inexact } = index;
    const normal = normalizeIndexSpec(new Map([...index.spec, ...spec]));
    const replaced = Object.assign(makeIndex(index.id, normal), { multikey, inexact });
    collection.indexes = collection.indexes.map((present) => (present === index ? replaced : present));
    call.store.saveCollection(collection);
    return ok({
      expireAfterSeconds_old: spec.has('expireAfterSeconds')
        ? index.spec.get('expireAfterSeconds')
        : undefined,
      expireAfterSeconds_new: spec.get('expireAfterSeconds'),
    });
  });
}
