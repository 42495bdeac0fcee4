import { equal, isTrue } from '../bson/compare.js';
import { int, toNumber } from '../bson/number.js';
import { type Doc, doc, isArray, isDoc, isNumeric, type Maybe, type Value } from '../bson/value.js';
import { compileFilter, type Predicate } from '../language/match.js';
import { fieldsRead, topField } from './conditions.js';

/** An index as the store works with it. */
export interface Index {
  readonly id: number;
  readonly name: string;
  /** As listIndexes gives it. */
  readonly spec: Doc;
  readonly pattern: Doc;
  readonly paths: readonly (readonly string[])[];
  readonly directions: readonly (1 | -1)[];
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly partial: Predicate | undefined;
  readonly partialSpec: Doc | undefined;
  readonly expireAfterSeconds: number | undefined;
  readonly hidden: boolean;
  /** The top level fields that its keys depend on; undefined when these may be any. */
  readonly fields: ReadonlySet<string> | undefined;
  /** Some document has several keys in it. */
  multikey: boolean;
  /** Some key does not order exactly as its value. */
  inexact: boolean;
}

export interface Collection {
  readonly id: number;
  /** Database and name joined by a dot. */
  readonly namespace: string;
  indexes: Index[];
  count: number;
  size: number;
  nextRecord: number;
  /** Grows with every change of a document. */
  changes: number;
}

export const databaseOf = (collection: Collection): string =>
  collection.namespace.slice(0, collection.namespace.indexOf('.'));
export const nameOf = (collection: Collection): string =>
  collection.namespace.slice(collection.namespace.indexOf('.') + 1);

export const ID_INDEX = doc({ v: int(2), key: doc({ _id: int(1) }), name: '_id_' });

/** Reads an index specification that has been checked. */
export function makeIndex(id: number, spec: Doc): Index {
  const pattern = docOf(spec.get('key'));
  const partial = spec.get('partialFilterExpression');
  const partialSpec = isDoc(partial) ? partial : undefined;
  const expiry = spec.get('expireAfterSeconds');
  const name = spec.get('name');
  return {
    id,
    spec,
    pattern,
    name: typeof name === 'string' ? name : '',
    paths: [...pattern.keys()].map((name) => name.split('.')),
    directions: [...pattern.values()].map((order) => (isNumeric(order) && toNumber(order) < 0 ? -1 : 1)),
    unique: isTrue(spec.get('unique')) || name === '_id_',
    sparse: isTrue(spec.get('sparse')),
    partial: partialSpec && compileFilter(partialSpec, { variables: new Map(), now: new Date(0) }),
    partialSpec,
    expireAfterSeconds: isNumeric(expiry) ? toNumber(expiry) : undefined,
    hidden: isTrue(spec.get('hidden')),
    fields: fieldsRead(partialSpec ?? doc({}), new Set([...pattern.keys()].map(topField))),
    multikey: false,
    inexact: false,
  };
}

export const makeCollection = (id: number, namespace: string): Collection => ({
  id,
  namespace,
  indexes: [],
  count: 0,
  size: 0,
  nextRecord: 1,
  changes: 0,
});

/** The catalogue entry of a collection. */
export const toCatalogue = ({ id, indexes }: Collection): Doc =>
  doc({
    id: int(id),
    indexes: indexes.map((index) =>
      doc({ id: int(index.id), spec: index.spec, multikey: index.multikey, inexact: index.inexact }),
    ),
  });

export function fromCatalogue(namespace: string, entry: Doc): Collection {
  const collection = makeCollection(numberOf(entry.get('id')), namespace);
  const listed = entry.get('indexes');
  for (const item of isArray(listed) ? listed : []) {
    const stored = docOf(item);
    const index = makeIndex(numberOf(stored.get('id')), docOf(stored.get('spec')));
    index.multikey = isTrue(stored.get('multikey'));
    index.inexact = isTrue(stored.get('inexact'));
    collection.indexes.push(index);
  }
  return collection;
}

const docOf = (value: Maybe): Doc => (isDoc(value) ? value : new Map<string, Value>());
const numberOf = (value: Maybe): number => (isNumeric(value) ? toNumber(value) : 0);

/** The index of a name or a key pattern. */
export const findIndex = (collection: Collection, wanted: Value): Index | undefined =>
  collection.indexes.find(({ name, pattern }) => (isDoc(wanted) ? equal(pattern, wanted) : name === wanted));
