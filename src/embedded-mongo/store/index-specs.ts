import { equal, isTrue } from '../bson/compare.js';
import { int, toNumber } from '../bson/number.js';
import { show } from '../bson/show.js';
import { type Doc, doc, isArray, isDoc, isNumeric, typeName, type Value } from '../bson/value.js';
import { isIndex } from '../language/path.js';
import { MongoError, refusal } from '../mongo-error.js';
import type { Collection } from './collection.js';

const KNOWN = new Set(
  'v key name ns background unique sparse hidden expireAfterSeconds partialFilterExpression collation'.split(
    ' ',
  ),
);

/** Checks an index specification and brings it into the form listIndexes gives. */
export function normalizeIndexSpec(given: Value): Doc {
  if (!isDoc(given)) throw new MongoError(14, 'index specifications must be objects');
  const key = given.get('key');
  const name = given.get('name');
  if (!isDoc(key) || key.size === 0) throw new MongoError(67, 'Index keys cannot be an empty object.');
  if (typeof name !== 'string' || name === '')
    throw new MongoError(9, "The 'name' field is a required property of an index specification");
  checkKey(key);
  for (const option of given.keys()) if (!KNOWN.has(option)) throw refusal(`the index option ${option}`, 197);
  const collation = given.get('collation');
  if (isDoc(collation) && collation.get('locale') !== 'simple') throw refusal('an index collation', 67);
  const out = doc({ v: int(2), key, name });
  for (const option of ['unique', 'sparse', 'hidden']) if (isTrue(given.get(option))) out.set(option, true);
  addExpiry(out, given, key);
  addPartial(out, given);
  return out;
}

function checkKey(key: Doc): void {
  for (const [path, order] of key) {
    if (path.split('.').some((part) => part === ''))
      throw new MongoError(67, 'Index keys cannot contain an empty field.');
    if (path.split('.').some(isIndex)) throw refusal('an index on an array position', 67);
    if (path.includes('$**')) throw refusal('a wildcard index', 67);
    if (path.split('.').some((part) => part.startsWith('$')))
      throw new MongoError(67, `Index key contains an illegal field name: field name starts with '$'.`);
    if (typeof order === 'string') throw refusal(`an index of type ${order}`, 67);
    if (!isNumeric(order))
      throw new MongoError(67, `Values in an index key pattern cannot be of type ${typeName(order)}`);
    if (toNumber(order) === 0 || Number.isNaN(toNumber(order)))
      throw new MongoError(67, 'Values in the index key pattern cannot be 0.');
  }
}

function addExpiry(out: Doc, given: Doc, key: Doc): void {
  const expiry = given.get('expireAfterSeconds');
  if (expiry === undefined) return;
  const seconds = isNumeric(expiry) ? toNumber(expiry) : -1;
  if (seconds < 0 || seconds > 2147483647)
    throw new MongoError(67, 'expireAfterSeconds must be within an acceptable range');
  if (key.size > 1) throw new MongoError(67, 'TTL indexes are single-field indexes');
  if (key.has('_id')) throw new MongoError(67, 'expireAfterSeconds is not valid for an _id index');
  out.set('expireAfterSeconds', int(Math.trunc(seconds)));
}

const PARTIAL_OPERATORS = ['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$in'];

function addPartial(out: Doc, given: Doc): void {
  const partial = given.get('partialFilterExpression');
  if (partial === undefined) return;
  if (!isDoc(partial)) throw new MongoError(14, "The field 'partialFilterExpression' must be an object");
  if (isTrue(given.get('sparse')))
    throw new MongoError(67, 'cannot mix "partialFilterExpression" and "sparse" options');
  checkPartial(partial);
  out.set('partialFilterExpression', partial);
}

function checkPartial(filter: Doc): void {
  for (const [name, operand] of filter) {
    if ((name === '$and' || name === '$or') && isArray(operand)) {
      for (const branch of operand) if (isDoc(branch)) checkPartial(branch);
      continue;
    }
    if (name.startsWith('$')) throw new MongoError(67, `Expression not supported in partial index: ${name}`);
    if (!isDoc(operand) || !operand.keys().next().value?.startsWith('$')) continue;
    for (const [operator, value] of operand) {
      const absent = operator === '$exists' && !isTrue(value);
      if (!PARTIAL_OPERATORS.includes(operator) || absent)
        throw new MongoError(67, `Expression not supported in partial index: ${operator}`);
    }
  }
}

/** Options that make two indexes of one name or key the same or different. */
const optionsOf = (spec: Doc): Doc =>
  new Map([...spec].filter(([option]) => !['v', 'key', 'name', 'hidden'].includes(option)));

/** Whether the index exists already. Throws when it contradicts one that does. */
export function existsAlready(collection: Collection, spec: Doc): boolean {
  if (equal(spec.get('key'), doc({ _id: int(1) }))) return true;
  const same = (present: Doc, field: string): boolean =>
    equal(present.get(field) ?? null, spec.get(field) ?? null);
  for (const { spec: present } of collection.indexes) {
    const sameOptions = equal(optionsOf(present), optionsOf(spec));
    if (same(present, 'name')) {
      if (same(present, 'key') && sameOptions) return true;
      throw conflict(same(present, 'key') ? 85 : 86, 'has the same name', spec, present);
    }
    if (same(present, 'key') && same(present, 'partialFilterExpression'))
      throw conflict(
        85,
        sameOptions ? 'has another name' : 'has another name and other options',
        spec,
        present,
      );
  }
  return false;
}

const conflict = (code: number, how: string, spec: Doc, present: Doc): MongoError =>
  new MongoError(
    code,
    `An existing index ${how}. Requested index: ${show(spec)}, existing index: ${show(present)}`,
  );
