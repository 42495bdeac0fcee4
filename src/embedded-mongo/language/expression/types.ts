import type { Doc, Maybe, Value } from '../../bson/value.js';
import { MongoError, refusal } from '../../mongo-error.js';

/** Values of the variables that operators bind while they run: $map, $filter, $reduce and $let. */
export type Variables = ReadonlyMap<string, Maybe>;

/** Calculates a value from a document. */
export interface Expression {
  (root: Doc, variables: Variables): Maybe;
  /** It names no field and no variable, so that it always gives the same. */
  readonly constant?: true;
}

export const constant = (value: Maybe): Expression => Object.assign(() => value, { constant: true as const });

/** Calculates what is the same for every document. Where that fails the server fails before it reads any. */
export function atOnce<T>(calculate: () => T): T {
  try {
    return calculate();
  } catch (error) {
    if (!(error instanceof MongoError) || error.refused) throw error;
    throw refusal(`a part that always fails (${error.message})`, error.code);
  }
}

/** The variables an expression may name, and how each is read. */
export type Scope = ReadonlyMap<string, Expression>;

/** Compiles a nested expression; `added` are variables that only it sees. */
export type Compile = (spec: Value, added?: Scope) => Expression;

/** Compiles the argument of one operator. */
export type OperatorCompiler = (argument: Value, compile: Compile, name: string) => Expression;

export type Operators = Readonly<Record<string, OperatorCompiler>>;
