import { isTrue } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { type Doc, doc, isArray, isDoc, isNumeric, type Maybe, typeName, type Value } from '../bson/value.js';
import { compileFor } from '../language/expression/compile.js';
import type { MatchContext } from '../language/match.js';
import { parseSort, type SortPattern } from '../language/sort-pattern.js';
import { MongoError, refusal } from '../mongo-error.js';
import { TimeLimit } from '../query/breathe.js';
import type { Collection } from '../store/collection.js';
import type { Store } from '../store/store.js';
import type { Cursors } from './cursors.js';

/** A command on its way: what it says and what it works on. */
export interface Call {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly database: string;
  readonly name: string;
  readonly command: Doc;
  readonly now: Date;
}

export type Reply = Doc;

export interface Command {
  /** Fields it understands besides those every command may carry; others are refused by name. */
  readonly fields: ReadonlySet<string>;
  readonly run: (call: Call) => Reply | Promise<Reply>;
}

export type Commands = Record<string, Command>;

/** Describes a command; its fields are separated by spaces. */
export const command = (fields: string, run: Command['run']): Command => ({ fields: words(fields), run });

export const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/));

/** Fields that any command may carry and that change nothing on a server of one node. */
const COMMON = words(
  '$db lsid $clusterTime $readPreference readConcern writeConcern maxTimeMS comment apiVersion apiStrict apiDeprecationErrors txnNumber allowDiskUse',
);

export function checkFields(given: Doc, name: string, { fields }: Command): void {
  if (given.has('autocommit') || isTrue(given.get('startTransaction'))) throw refusal('a transaction', 263);
  for (const [field, value] of given) {
    if (field === name || COMMON.has(field) || fields.has(field)) continue;
    if (field === 'collation' && isSimpleCollation(value)) continue;
    throw refusal(`the option ${field} of the command ${name}`, 72);
  }
}

export const isSimpleCollation = (value: Value): boolean =>
  isDoc(value) && (value.size === 0 || value.get('locale') === 'simple');

export const ok = (fields: Record<string, Maybe> = {}): Reply => doc(fields).set('ok', 1);

/** Namespace of the collection the command names. */
export function namespaceOf({ command: given, name, database }: Call): string {
  const collection = given.get(name);
  if (typeof collection !== 'string' || collection === '' || collection.includes('\0'))
    throw new MongoError(
      73,
      `Invalid namespace specified '${database}.${typeof collection === 'string' ? collection : ''}'`,
    );
  return `${database}.${collection}`;
}

export const collectionOf = (call: Call): Collection | undefined =>
  call.store.collections.get(namespaceOf(call));

/** Variables of `let` and the time that $$NOW means. */
export function matchContext({ command: given, now }: Call, constants?: Maybe): MatchContext {
  const variables = new Map<string, Maybe>();
  for (const specs of [given.get('let'), constants]) {
    if (!isDoc(specs)) continue;
    for (const [name, spec] of specs) variables.set(name, compileFor(spec, { variables, now })(new Map()));
  }
  return { variables, now };
}

/** The time that maxTimeMS allows. */
export function timeLimit(given: Doc): TimeLimit | undefined {
  const milliseconds = numberField(given, 'maxTimeMS', 0);
  if (milliseconds < 0) throw new MongoError(2, 'maxTimeMS must not be negative');
  return milliseconds ? new TimeLimit(milliseconds) : undefined;
}

export function docField(given: Doc, field: string): Doc {
  const value = given.get(field);
  if (value === undefined || value === null) return new Map();
  if (!isDoc(value)) throw wrongType(field, value, "type 'object'");
  return value;
}

const wrongType = (field: string, value: Value, expected: string): MongoError =>
  new MongoError(14, `BSON field '${field}' is the wrong type '${typeName(value)}', expected ${expected}`);

export function arrayField(given: Doc, field: string): Value[] {
  const value = given.get(field);
  if (value === undefined)
    throw new MongoError(40414, `BSON field '${field}' is missing but a required field`);
  if (!isArray(value)) throw wrongType(field, value, "type 'array'");
  return value;
}

/** A whole number of a field; `fallback` when the field is missing. */
export function numberField<T>(given: Doc, field: string, fallback: T): number | T {
  const value = given.get(field);
  if (value === undefined || value === null) return fallback;
  if (!isNumeric(value)) throw wrongType(field, value, 'a number');
  return Math.trunc(toNumber(value));
}

/** A text field that must be there. */
export function textField(given: Doc, field: string): string {
  const value = given.get(field);
  if (typeof value !== 'string') throw wrongType(field, value ?? null, "type 'string'");
  return value;
}

/** The sort of a command, if any. */
export function sortField(given: Doc): SortPattern | undefined {
  const spec = docField(given, 'sort');
  return spec.size && !spec.has('$natural') ? parseSort(spec) : undefined;
}

/** The hint of a command, if any; a sort by $natural is one. */
export function hintField(given: Doc): Maybe {
  const hint = docField(given, 'sort').has('$natural') ? given.get('sort') : given.get('hint');
  return isDoc(hint) && hint.size === 0 ? undefined : hint;
}

/** `ordered` is true unless said otherwise. */
export const isOrdered = (given: Doc): boolean => !given.has('ordered') || isTrue(given.get('ordered'));
