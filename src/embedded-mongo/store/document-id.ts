import { ObjectId } from 'bson';
import { type Doc, isArray, isDoc, isRegex, isTimestamp, type Value } from '../bson/value.js';
import { MongoError, refusal } from '../mongo-error.js';

/** A document to store: with an _id, which comes first. */
export function withId(value: Value): Doc {
  if (!isDoc(value)) throw new MongoError(14, 'documents must be objects');
  const id = value.get('_id') ?? (value.has('_id') ? null : new ObjectId());
  checkId(id);
  refuseEmptyTimestamps(value);
  if (value.keys().next().value === '_id') return value;
  const out: Doc = new Map([['_id', id]]);
  for (const [name, field] of value) if (name !== '_id') out.set(name, field);
  return out;
}

/** The server fills in empty timestamps of new documents by its own clock of operations. */
export function refuseEmptyTimestamps(document: Doc): void {
  for (const value of document.values()) {
    if (isTimestamp(value) && value.t === 0 && value.i === 0) throw refusal('an empty timestamp', 2);
  }
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
