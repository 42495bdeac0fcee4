import { isArray, isDoc, isNullish, type Maybe, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { Need } from './need.js';
import type { Compile, Expression, OperatorCompiler } from './types.js';

type Apply = (values: Maybe[], need: Need) => Maybe;

export const argumentList = (argument: Value, compile: Compile): Expression[] =>
  (isArray(argument) ? argument : [argument]).map((part) => compile(part));

/** An operator of a range of argument counts; one argument may be given bare. */
export const positional =
  (least: number, most: number, apply: Apply): OperatorCompiler =>
  (argument, compile, name) => {
    const parts = argumentList(argument, compile);
    if (parts.length < least || parts.length > most)
      throw new MongoError(
        least === most ? 16020 : 28667,
        `${name} takes ${least === most ? least : `${least} to ${most}`} arguments, not ${parts.length}`,
      );
    const need = new Need(name);
    return (root, variables) =>
      apply(
        parts.map((part) => part(root, variables)),
        need,
      );
  };

/** Like positional, but null when any argument is null or missing. */
export const strict = (least: number, most: number, apply: Apply): OperatorCompiler =>
  positional(least, most, (values, need) => (values.some(isNullish) ? null : apply(values, need)));

/** Any number of arguments, evaluated only as far as the operator asks for them. */
export const lazy =
  (apply: (values: Iterable<Maybe>, need: Need) => Maybe): OperatorCompiler =>
  (argument, compile, name) => {
    const parts = argumentList(argument, compile);
    const need = new Need(name);
    return (root, variables) => {
      function* values(): Generator<Maybe> {
        for (const part of parts) yield part(root, variables);
      }
      return apply(values(), need);
    };
  };

/** Which named arguments an operator has, and the server's codes for what is malformed. */
export interface Names {
  readonly required: readonly string[];
  readonly optional?: readonly string[];
  readonly codes: readonly [notObject: number, unknown: number, missing: number];
}

/** Values of the named arguments that were written; one that leads nowhere is there as undefined. */
export type NamedValues = Readonly<Record<string, Maybe>>;

/** Whether an argument was written and has no value. */
export const isLacking = (values: NamedValues, ...names: string[]): boolean =>
  names.some((name) => name in values && isNullish(values[name]));

/** An operator whose argument is an object of named expressions. */
export const named =
  (names: Names, apply: (values: NamedValues, need: Need) => Maybe): OperatorCompiler =>
  (argument, compile, name) => {
    const parts = [...namedParts(names, argument, name)].map(([key, part]) => [key, compile(part)] as const);
    const need = new Need(name);
    return (root, variables) =>
      apply(Object.fromEntries(parts.map(([key, part]) => [key, part(root, variables)])), need);
  };

/** Checks the names of an operator's object argument. */
export function namedParts(
  { required, optional = [], codes: [notObject, unknown, missing] }: Names,
  argument: Value,
  name: string,
): Map<string, Value> {
  if (!isDoc(argument)) throw new MongoError(notObject, `${name} needs an object, not ${typeName(argument)}`);
  for (const key of argument.keys())
    if (!required.includes(key) && !optional.includes(key))
      throw new MongoError(unknown, `${name} found an unknown argument: ${key}`);
  for (const key of required)
    if (!argument.has(key)) throw new MongoError(missing, `${name} requires '${key}' to be specified`);
  return argument;
}
