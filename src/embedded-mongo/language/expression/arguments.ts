import { toNumber } from '../../bson/number.js';
import { isArray, isDoc, isNumeric, type Maybe, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import type { Compile, Evaluation, Expression, OperatorCompiler } from './types.js';

export const argumentList = (argument: Value, compile: Compile): Expression[] =>
  (isArray(argument) ? argument : [argument]).map((part) => compile(part));

/** An operator of exactly one argument, given bare or as an array of one. */
export const unary =
  (apply: (value: Maybe, name: string) => Maybe): OperatorCompiler =>
  (argument, compile, name) => {
    const [only, ...more] = argumentList(argument, compile);
    if (!only || more.length) throw wrongCount(name, 1, more.length + (only ? 1 : 0));
    return (evaluation) => apply(only(evaluation), name);
  };

export const binary =
  (apply: (a: Maybe, b: Maybe, name: string) => Maybe): OperatorCompiler =>
  (argument, compile, name) => {
    const parts = argumentList(argument, compile);
    const [first, second] = parts;
    if (!first || !second || parts.length !== 2) throw wrongCount(name, 2, parts.length);
    return (evaluation) => apply(first(evaluation), second(evaluation), name);
  };

/** An operator of a range of argument counts. */
export const counted =
  (least: number, most: number, apply: (values: Maybe[], name: string) => Maybe): OperatorCompiler =>
  (argument, compile, name) => {
    const parts = argumentList(argument, compile);
    if (parts.length < least || parts.length > most) {
      if (least === most) throw wrongCount(name, least, parts.length);
      throw new MongoError(
        28667,
        `Expression ${name} takes at least ${least} arguments, and at most ${most}, but ${parts.length} were passed in.`,
      );
    }
    return (evaluation) =>
      apply(
        parts.map((part) => part(evaluation)),
        name,
      );
  };

/** Like variadic, but arguments are evaluated only as far as the operator asks for them. */
export const lazy =
  (apply: (values: Iterable<Maybe>, name: string) => Maybe): OperatorCompiler =>
  (argument, compile, name) => {
    const parts = argumentList(argument, compile);
    function* values(evaluation: Evaluation): Generator<Maybe> {
      for (const part of parts) yield part(evaluation);
    }
    return (evaluation) => apply(values(evaluation), name);
  };

const wrongCount = (name: string, wanted: number, given: number): MongoError =>
  new MongoError(16020, `Expression ${name} takes exactly ${wanted} arguments. ${given} were passed in.`);

/** Named arguments: which ones exist, which are required, and the error codes MongoDB uses for the operator. */
export interface NamedArguments {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  readonly codes: { notObject: number; unknown: number; missing: number };
}

export type NamedValues = Record<string, Maybe>;

/** An operator whose argument is an object of named expressions. `given` tells which names were written at all. */
export const named =
  (
    shape: NamedArguments,
    apply: (values: NamedValues, given: ReadonlySet<string>, name: string) => Maybe,
  ): OperatorCompiler =>
  (argument, compile, name) => {
    const parts = namedParts(shape, argument, name).map(([key, part]) => [key, compile(part)] as const);
    const given = new Set(parts.map(([key]) => key));
    return (evaluation) => {
      const values: NamedValues = {};
      for (const [key, part] of parts) values[key] = part(evaluation);
      return apply(values, given, name);
    };
  };

/** Checks the names of an operator's object argument. */
export function namedParts(shape: NamedArguments, argument: Value, name: string): [string, Value][] {
  if (!isDoc(argument)) {
    throw new MongoError(
      shape.codes.notObject,
      `${name} only supports an object as its argument, found: ${typeName(argument)}`,
    );
  }
  for (const key of argument.keys()) {
    if (!shape.required.includes(key) && !shape.optional?.includes(key)) {
      throw new MongoError(shape.codes.unknown, `${name} found an unknown argument: ${key}`);
    }
  }
  for (const key of shape.required) {
    if (!argument.has(key))
      throw new MongoError(shape.codes.missing, `${name} requires '${key}' to be specified`);
  }
  return [...argument];
}

/** An integer in the 32-bit range, whatever number type carries it. */
export function integerOf(value: Maybe, what: string, code: number): number {
  const number = isNumeric(value) ? toNumber(value) : NaN;
  if (!Number.isInteger(number) || Math.abs(number) > 2147483648) {
    throw new MongoError(
      code,
      `${what} must be representable as a 32-bit integer, found: ${typeName(value)}`,
    );
  }
  return number;
}
