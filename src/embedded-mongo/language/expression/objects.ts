import { doc, isArray, type Maybe, type Value } from '../../bson/value.js';
import { strict } from './arguments.js';
import type { Need } from './need.js';
import type { Operators } from './types.js';

export const objects: Operators = {
  $objectToArray: strict(1, 1, ([value], need) =>
    [...need.document(value, 40390)].map(([k, v]) => doc({ k, v })),
  ),
  $arrayToObject: strict(1, 1, ([value], need) => {
    const pairs = need.array(value, 40386).map((pair) => pairOf(pair, need));
    return new Map(pairs);
  }),
};

function pairOf(pair: Value, need: Need): [string, Value] {
  const [name, value] = isArray(pair) ? listPair(pair, need) : objectPair(pair, need);
  if (name.includes('\0')) throw need.error(4940401, 'names must not hold a null byte');
  return [name, value];
}

function listPair(pair: Value[], need: Need): [string, Value] {
  const [name, value]: Maybe[] = pair;
  if (pair.length !== 2 || value === undefined) throw need.error(40397, 'each list needs a name and a value');
  return [need.text(name, 40395), value];
}

function objectPair(pair: Value, need: Need): [string, Value] {
  const parts = need.document(pair, 40398);
  const value = parts.get('v');
  if (parts.size !== 2) throw need.error(40392, 'each object needs just k and v');
  if (value === undefined || !parts.has('k')) throw need.error(40393, 'each object needs k and v');
  return [need.text(parts.get('k'), 40394), value];
}
