import { isTrue } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { type Doc, isArray, isDoc, isNumeric, type Maybe, typeName, type Value } from '../bson/value.js';
import { compileFor } from '../language/expression/compile.js';
import type { MatchContext } from '../language/match.js';
import { parseSort, type SortPattern } from '../language/sort-pattern.js';
import { MongoError, refusal } from '../mongo-error.js';
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
  readonly fields: readonly string[];
  readonly run: (call: Call) => Reply | Promise<Reply>;
}

export type Commands = Record<string, Command>;

/** Fields that any command may carry and that change nothing on a server of one node. */
const COMMON = new Set([
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'readConcern',
  'writeConcern',
  'maxTimeMS',
  'comment',
  'apiVersion',
  'apiStrict',
  'apiDeprecationErrors',
  'txnNumber',
  'allowDiskUse',
]);

export function checkFields(command: Doc, name: string, { fields }: Command): void {
  if (command.has('autocommit') || isTrue(command.get('startTransaction')))
    throw refusal('a transaction', 263);
  for (const [field, value] of command) {
    if (field === name || COMMON.has(field) || fields.includes(field)) continue;
    if (field === 'collation' && isSimpleCollation(value)) continue;
    throw refusal(`the option ${field} of the command ${name}`, 72);
  }
}

const isSimpleCollation = (value: Value): boolean =>
  isDoc(value) && (value.size === 0 || value.get('locale') === 'simple');

export const ok = (fields: Record<string, Maybe> = {}): Reply => {
  const out: Reply = new Map();
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) out.set(name, value);
  return out.set('ok', 1);
};

/** Namespace of the collection the command names. */
export function namespaceOf({ command, name, database }: Call): string {
  const collection = command.get(name);
  if (typeof collection !== 'string' || collection === '' || collection.includes('\0')) {
    throw new MongoError(
      73,
      `Invalid namespace specified '${database}.${typeof collection === 'string' ? collection : ''}'`,
    );
  }
  return `${database}.${collection}`;
}

export const collectionOf = (call: Call): Collection | undefined =>
  call.store.collections.get(namespaceOf(call));

/** Variables of `let` and the time that $$NOW means. */
export function matchContext({ command, now }: Call, constants?: Maybe): MatchContext {
  const variables = new Map<string, Maybe>();
  for (const given of [command.get('let'), constants]) {
    if (!isDoc(given)) continue;
    for (const [name, spec] of given) variables.set(name, compileFor(spec, { variables, now })(new Map()));
  }
  return { variables, now };
}

export function docField(command: Doc, field: string): Doc {
  const value = command.get(field);
  if (value === undefined || value === null) return new Map();
  if (!isDoc(value))
    throw new MongoError(
      14,
      `BSON field '${field}' is the wrong type '${typeName(value)}', expected type 'object'`,
    );
  return value;
}

export function arrayField(command: Doc, field: string): Value[] {
  const value = command.get(field);
  if (!isArray(value))
    throw new MongoError(value === undefined ? 40414 : 14, `BSON field '${field}' must be an array`);
  return value;
}

/** A whole number of a field; `fallback` when the field is missing. */
export function numberField(command: Doc, field: string, fallback: number): number {
  const value = command.get(field);
  if (value === undefined || value === null) return fallback;
  if (!isNumeric(value))
    throw new MongoError(
      14,
      `BSON field '${field}' is the wrong type '${typeName(value)}', expected a number`,
    );
  return Math.trunc(toNumber(value));
}

/** The sort of a command; undefined when there is none. `{$natural: ±1}` is given back as a hint. */
export function sortField(command: Doc): { sort: SortPattern | undefined; natural: number } {
  const spec = docField(command, 'sort');
  const natural = spec.get('$natural');
  if (isNumeric(natural)) return { sort: undefined, natural: toNumber(natural) };
  return { sort: spec.size ? parseSort(spec) : undefined, natural: 0 };
}

/** `ordered` is true unless said otherwise. */
export const isOrdered = (command: Doc): boolean => !command.has('ordered') || isTrue(command.get('ordered'));

/** A text field that must be there. */
export function textField(command: Doc, field: string): string {
  const value = command.get(field);
  if (typeof value !== 'string') throw new MongoError(14, `BSON field '${field}' must be a string`);
  return value;
}
