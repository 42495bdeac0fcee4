import { equal, isTrue } from '../../bson/compare.js';
import { encodeDocument } from '../../bson/encode.js';
import { int, toNumber } from '../../bson/number.js';
import { show } from '../../bson/show.js';
import { type Doc, doc, isArray, isDoc, isNumeric, type Maybe, type Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';
import { buildIndex } from '../../store/build-index.js';
import { type Collection, type Index, makeIndex } from '../../store/collection.js';
import { existsAlready, normalizeIndexSpec } from '../../store/index-specs.js';
import {
  arrayField,
  type Call,
  collectionOf,
  type Commands,
  docField,
  namespaceOf,
  ok,
  type Reply,
} from '../command.js';
import { atHand } from '../cursors.js';

export const indexCommands: Commands = {
  createIndexes: { fields: ['indexes', 'commitQuorum'], run: createIndexes },
  listIndexes: { fields: ['cursor'], run: listIndexes },
  dropIndexes: { fields: ['index'], run: dropIndexes },
  deleteIndexes: { fields: ['index'], run: dropIndexes },
  collMod: { fields: ['index'], run: collMod },
};

async function createIndexes(call: Call): Promise<Reply> {
  const { command, store } = call;
  const specs = arrayField(command, 'indexes').map(normalizeIndexSpec);
  if (!specs.length) throw new MongoError(2, 'Must specify at least one index to create');
  const namespace = namespaceOf(call);
  return store.write(() => {
    const existed = store.collections.has(namespace);
    const collection = store.collections.get(namespace) ?? store.createCollection(namespace, new Map());
    const before = collection.indexes.length;
    for (const spec of specs) if (!existsAlready(collection, spec)) buildIndex(store, collection, spec);
    const after = collection.indexes.length;
    return ok({
      numIndexesBefore: int(before),
      numIndexesAfter: int(after),
      createdCollectionAutomatically: !existed,
      note: before === after ? 'all indexes already exist' : undefined,
    });
  });
}

function existing(call: Call, message: string): Collection {
  const collection = collectionOf(call);
  if (!collection) throw new MongoError(26, `${message} ${namespaceOf(call)}`);
  return collection;
}

async function listIndexes(call: Call): Promise<Reply> {
  const collection = existing(call, 'ns does not exist:');
  const batch = docField(call.command, 'cursor').get('batchSize');
  const specs = collection.indexes.map(({ spec }) => encodeDocument(spec));
  const answer = await call.cursors.start(
    collection.namespace,
    atHand(specs),
    isNumeric(batch) ? toNumber(batch) : undefined,
  );
  return new Map(answer).set('ok', 1);
}

async function dropIndexes(call: Call): Promise<Reply> {
  const collection = existing(call, 'ns not found');
  const wanted = call.command.get('index');
  return call.store.write(() => {
    const before = collection.indexes.length;
    const dropped =
      wanted === '*'
        ? collection.indexes.filter(({ name }) => name !== '_id_')
        : namedIndexes(collection, wanted);
    for (const index of dropped) call.store.dropIndexKeys(index.id);
    collection.indexes = collection.indexes.filter((index) => !dropped.includes(index));
    call.store.saveCollection(collection);
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

const findIndex = (collection: Collection, wanted: Value): Index | undefined =>
  collection.indexes.find(({ name, pattern }) => (isDoc(wanted) ? equal(pattern, wanted) : name === wanted));

/** Changes expiry or visibility of an index. */
async function collMod(call: Call): Promise<Reply> {
  const collection = existing(call, 'ns does not exist:');
  const change = docField(call.command, 'index');
  for (const option of change.keys()) {
    if (!['name', 'keyPattern', 'expireAfterSeconds', 'hidden'].includes(option))
      throw refusal(`the option index.${option} of the command collMod`, 72);
  }
  if (change.size === 0) return ok();
  return call.store.write(() => {
    const index = findIndex(collection, change.get('name') ?? change.get('keyPattern') ?? null);
    if (!index)
      throw new MongoError(
        27,
        `cannot find index ${show(change.get('name') ?? change.get('keyPattern'))} for ns ${collection.namespace}`,
      );
    const changed = changedSpec(index.spec, change);
    const replaced = Object.assign(makeIndex(index.id, normalizeIndexSpec(changed)), {
      multikey: index.multikey,
      inexact: index.inexact,
    });
    collection.indexes = collection.indexes.map((present) => (present === index ? replaced : present));
    call.store.saveCollection(collection);
    const expiry = change.get('expireAfterSeconds');
    return ok(
      expiry === undefined
        ? {}
        : { expireAfterSeconds_old: index.spec.get('expireAfterSeconds'), expireAfterSeconds_new: expiry },
    );
  });
}

function changedSpec(spec: Doc, change: Doc): Doc {
  const out: Doc = new Map([...doc({}), ...spec]);
  const expiry = change.get('expireAfterSeconds');
  if (expiry !== undefined) out.set('expireAfterSeconds', expiry);
  if (change.has('hidden')) out.set('hidden', isTrue(change.get('hidden')));
  return out;
}
