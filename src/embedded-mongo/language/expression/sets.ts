import { compare } from '../../bson/compare.js';
import { hashKey } from '../../bson/hash-key.js';
import { isArray, isNullish, type Maybe, typeName, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { binary, counted, lazy } from './arguments.js';
import type { Operators } from './types.js';

export const sets: Operators = {
  $setUnion: lazy((values, name) => {
    const union = new Map<string, Value>();
    for (const value of values) {
      if (isNullish(value)) return null;
      for (const [key, item] of setOf(value, name, 17043)) union.set(key, item);
    }
    return sorted(union);
  }),
  $setIntersection: lazy((values, name) => {
    let shared: Map<string, Value> | undefined;
    for (const value of values) {
      if (isNullish(value)) return null;
      const own = setOf(value, name, 17047);
      shared = shared ? new Map([...shared].filter(([key]) => own.has(key))) : own;
    }
    return sorted(shared ?? new Map<string, Value>());
  }),
  $setDifference: binary((a, b, name) => {
    if (isNullish(a) || isNullish(b)) return null;
    const left = setOf(a, name, 17048);
    const right = setOf(b, name, 17049);
    return [...left].filter(([key]) => !right.has(key)).map(([, value]) => value);
  }),
  $setEquals: counted(2, Infinity, (values, name) => {
    const [first, ...others] = values.map((value) => setOf(value, name, 17044));
    return others.every(
      (other) => first?.size === other.size && [...other.keys()].every((key) => first.has(key)),
    );
  }),
  $setIsSubset: binary((a, b, name) => {
    const whole = setOf(b, name, 17042);
    return [...setOf(a, name, 17046).keys()].every((key) => whole.has(key));
  }),
};

function setOf(value: Maybe, name: string, code: number): Map<string, Value> {
  if (!isArray(value))
    throw new MongoError(
      code,
      `All operands of ${name} must be arrays. One argument is of type: ${typeName(value)}`,
    );
  const out = new Map<string, Value>();
  for (const item of value) {
    const key = hashKey(item);
    if (!out.has(key)) out.set(key, item);
  }
  return out;
}

const sorted = (set: Map<string, Value>): Value[] => [...set.values()].sort(compare);
