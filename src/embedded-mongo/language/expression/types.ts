import type { Doc, Maybe, Value } from '../../bson/value.js';

/** What an expression is evaluated against. */
export interface Evaluation {
  readonly root: Doc;
  readonly variables: ReadonlyMap<string, Maybe>;
  readonly now: Date;
}

export type Expression = (evaluation: Evaluation) => Maybe;

/** Compiles a nested expression; `added` names variables that only it sees. */
export type Compile = (spec: Value, added?: readonly string[]) => Expression;

/** Compiles the argument of one operator. */
export type OperatorCompiler = (argument: Value, compile: Compile, name: string) => Expression;

export type Operators = Record<string, OperatorCompiler>;
