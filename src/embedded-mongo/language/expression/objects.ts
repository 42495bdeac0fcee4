import {
  type Doc,
  doc,
  isArray,
  isDoc,
  isNullish,
  type Maybe,
  typeName,
  type Value,
} from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { argumentList, named, namedParts, unary } from './arguments.js';
import type { Compile, Expression, Operators } from './types.js';

export const objects: Operators = {
  $mergeObjects: (argument, compile) => {
    const parts = argumentList(argument, compile);
    return (evaluation) => {
      const values = parts.map((part) => part(evaluation));
      const [only] = values;
      return merge(values.length === 1 && isArray(only) ? only : values);
    };
  },
  $objectToArray: unary((value) => {
    if (isNullish(value)) return null;
    if (!isDoc(value))
      throw new MongoError(40390, `$objectToArray requires a document input, found: ${typeName(value)}`);
    return [...value].map(([k, v]) => doc({ k, v }));
  }),
  $arrayToObject: unary((value) => (isNullish(value) ? null : fromPairs(value))),
  $getField: getField,
  $setField: setField,
  $unsetField: named(
    { required: ['field', 'input'], codes: { notObject: 4161100, unknown: 4161101, missing: 4161102 } },
    ({ field, input }) => changed(input, fieldName(field), undefined),
  ),
};

function merge(values: Maybe[]): Maybe {
  const out: Doc = new Map();
  for (const value of values) {
    if (isNullish(value)) continue;
    if (!isDoc(value))
      throw new MongoError(
        40400,
        `$mergeObjects requires object inputs, but input is of type ${typeName(value)}`,
      );
    for (const [name, inner] of value) out.set(name, inner);
  }
  return out;
}

function fromPairs(value: Value): Maybe {
  if (!isArray(value))
    throw new MongoError(40386, `$arrayToObject requires an array input, found: ${typeName(value)}`);
  const out: Doc = new Map();
  for (const pair of value) {
    const [name, inner] = isArray(pair) ? listPair(pair) : namedPair(pair);
    if (name.includes('\0')) throw new MongoError(4940401, 'Key field cannot contain an embedded null byte');
    out.set(name, inner);
  }
  return out;
}

function listPair(pair: Value[]): [string, Value] {
  const [name, inner] = pair;
  if (pair.length !== 2 || inner === undefined)
    throw new MongoError(
      40397,
      `$arrayToObject requires an array of size 2 arrays,found array of size: ${pair.length}`,
    );
  if (typeof name !== 'string')
    throw new MongoError(
      40395,
      `$arrayToObject requires an array of key-value pairs, where the key must be of type string. Found key type: ${typeName(name)}`,
    );
  return [name, inner];
}

function namedPair(pair: Value): [string, Value] {
  if (!isDoc(pair))
    throw new MongoError(40398, `Unrecognised input type format for $arrayToObject: ${typeName(pair)}`);
  const name = pair.get('k');
  const inner = pair.get('v');
  if (pair.size !== 2)
    throw new MongoError(
      40392,
      '$arrayToObject requires an object keys of k and v. Found incorrect number of keys',
    );
  if (name === undefined || inner === undefined)
    throw new MongoError(
      40393,
      '$arrayToObject requires an object with keys k and v. Missing either or both keys',
    );
  if (typeof name !== 'string')
    throw new MongoError(
      40394,
      `$arrayToObject requires an object with keys k and v, where the value of k must be of type string. Found type: ${typeName(name)}`,
    );
  return [name, inner];
}

function getField(argument: Value, compile: Compile): Expression {
  const long = isDoc(argument) && argument.has('field');
  const shape = {
    required: ['field'],
    optional: ['input'],
    codes: { notObject: 3041702, unknown: 3041701, missing: 3041702 },
  };
  const parts = long ? new Map(namedParts(shape, argument, '$getField')) : new Map([['field', argument]]);
  const field = compile(parts.get('field') ?? null);
  const inputSpec = parts.get('input');
  const input: Expression = inputSpec === undefined ? ({ root }) => root : compile(inputSpec);
  return (evaluation) => {
    const name = field(evaluation);
    if (typeof name !== 'string')
      throw new MongoError(
        3041704,
        `$getField requires 'field' to evaluate to type String, but got ${typeName(name)}`,
      );
    const value = input(evaluation);
    if (value === null) return null;
    return isDoc(value) ? value.get(name) : undefined;
  };
}

function setField(argument: Value, compile: Compile): Expression {
  const shape = {
    required: ['field', 'input', 'value'],
    codes: { notObject: 4161100, unknown: 4161101, missing: 4161102 },
  };
  const parts = new Map(namedParts(shape, argument, '$setField'));
  const field = compile(parts.get('field') ?? null);
  const input = compile(parts.get('input') ?? null);
  const value = compile(parts.get('value') ?? null);
  return (evaluation) => changed(input(evaluation), fieldName(field(evaluation)), value(evaluation));
}

function fieldName(value: Maybe): string {
  if (typeof value !== 'string')
    throw new MongoError(
      4161107,
      `$setField requires 'field' to evaluate to a constant string, found ${typeName(value)}`,
    );
  return value;
}

function changed(input: Maybe, name: string, value: Maybe): Maybe {
  if (isNullish(input)) return null;
  if (!isDoc(input))
    throw new MongoError(
      4161105,
      `$setField requires 'input' to evaluate to type Object, but got ${typeName(input)}`,
    );
  const out: Doc = new Map(input);
  if (value === undefined) out.delete(name);
  else out.set(name, value);
  return out;
}
