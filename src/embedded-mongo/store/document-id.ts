import { ObjectId } from 'bson';
import { type Doc, isArray, isDoc, isRegex, type Value } from '../bson/value.js';
import { MongoError } from '../mongo-error.js';

/** A document to store: with an _id, which comes first. */
export function withId(value: Value): Doc {
  if (!isDoc(value)) throw new MongoError(14, 'documents must be objects');
  const id = value.get('_id') ?? (value.has('_id') ? null : new ObjectId());
  checkId(id);
  if (value.keys().next().value === '_id') return value;
  const out: Doc = new Map([['_id', id]]);
  for (const [name, field] of value) if (name !== '_id') out.set(name, field);
  return out;
}

export function checkId(id: Value): void {
  if (isArray(id)) throw new MongoError(2, "The '_id' value cannot be of type array");
  if (isRegex(id)) throw new MongoError(2, "The '_id' value cannot be of type regex");
  if (!isDoc(id)) return;
  for (const name of id.keys()) {
    if (name.startsWith('$'))
      throw new MongoError(
        52,
        `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`,
      );
  }
}
