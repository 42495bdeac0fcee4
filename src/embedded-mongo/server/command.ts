import { isTrue } from '../bson/compare.js';
import { toNumber } from '../bson/number.js';
import { show } from '../bson/show.js';
import { type Doc, doc, isArray, isDoc, isNumeric, type Maybe, typeName, type Value } from '../bson/value.js';
import { compileFor } from '../language/expression/compile.js';
import { constant, type Expression } from '../language/expression/types.js';
import type { MatchContext } from '../language/match.js';
import { parseSort, type SortPattern } from '../language/sort-pattern.js';
import { MongoError, refusal } from '../mongo-error.js';
import { TimeLimit } from '../query/breathe.js';
import type { Collection } from '../store/collection.js';
import type { Store } from '../store/store.js';
import type { Cursors } from './cursors.js';

/** A document of a request, whose fields are read with their types. */
export class Fields {
  constructor(readonly given: Doc) {}

  get(field: string): Maybe {
    return this.given.get(field);
  }

  isTrue(field: string): boolean {
    return isTrue(this.given.get(field));
  }

  /** An embedded document; empty when the field is missing. */
  document(field: string): Doc {
    const value = this.get(field) ?? new Map<string, Value>();
    if (!isDoc(value)) throw wrongType(field, value, "type 'object'");
    return value;
  }

  /** A list that must be there. */
  array(field: string): Value[] {
    const value = this.get(field);
    if (value === undefined) throw new MongoError(40414, `BSON field '${field}' is missing`);
    if (!isArray(value)) throw wrongType(field, value, "type 'array'");
    return value;
  }

  /** A whole number; `fallback` when the field is missing. */
  number<T>(field: string, fallback: T): number | T {
    const value = this.get(field) ?? null;
    if (value === null) return fallback;
    if (!isNumeric(value)) throw wrongType(field, value, 'a number');
    return Math.trunc(toNumber(value));
  }

  /** A text that must be there. */
  text(field: string): string {
    const value = this.get(field) ?? null;
    if (typeof value !== 'string') throw wrongType(field, value, "type 'string'");
    return value;
  }

  get sort(): SortPattern | undefined {
    const spec = this.document('sort');
    return spec.size && !spec.has('$natural') ? parseSort(spec) : undefined;
  }

  /** The hint, if any; a sort by $natural is one. */
  get hint(): Maybe {
    const sort = this.document('sort');
    const hint = sort.has('$natural') ? sort : this.get('hint');
    return isDoc(hint) && hint.size === 0 ? undefined : hint;
  }

  /** The time that maxTimeMS allows, from now on. */
  get timeLimit(): TimeLimit | undefined {
    const milliseconds = this.number('maxTimeMS', 0);
    if (milliseconds < 0) throw new MongoError(2, 'maxTimeMS must not be negative');
    return milliseconds ? new TimeLimit(milliseconds) : undefined;
  }
}

const wrongType = (field: string, value: Value, expected: string): MongoError =>
  new MongoError(14, `BSON field '${field}' is the wrong type '${typeName(value)}', expected ${expected}`);

/** A command on its way: what it says and what it works on. */
export class Call extends Fields {
  constructor(
    given: Doc,
    readonly name: string,
    readonly store: Store,
    readonly cursors: Cursors,
    readonly now: Date,
  ) {
    super(given);
  }

  get database(): string {
    const database = this.get('$db');
    return typeof database === 'string' ? database : 'admin';
  }

  /** Namespace of the collection the command names. */
  get namespace(): string {
    const collection = this.get(this.name);
    if (typeof collection === 'string' && collection !== '' && !collection.includes('\0'))
      return `${this.database}.${collection}`;
    throw new MongoError(73, `Invalid namespace specified '${this.database}.${show(collection)}'`);
  }

  get collection(): Collection | undefined {
    return this.store.collections.get(this.namespace);
  }

  /** Variables of `let` and the time that $$NOW means. */
  context(constants?: Maybe): MatchContext {
    const variables = new Map<string, Expression>();
    for (const specs of [this.get('let'), constants]) {
      if (!isDoc(specs)) continue;
      for (const [name, spec] of specs)
        variables.set(name, constant(compileFor(spec, { variables, now: this.now })(new Map())));
    }
    return { variables, now: this.now };
  }
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
