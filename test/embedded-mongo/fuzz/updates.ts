import { type Document, Int32 } from 'mongodb';
import type { Chance } from './chance.js';
import { condition, filter } from './filters.js';
import { simpleNumber, value } from './values.js';
import { expression } from './pipelines.js';

const PATHS = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'a.b',
  'a.c',
  'b.a',
  'a.b.c',
  'c.x',
  'a.0',
  'a.1',
  'a.0.b',
  'b.3',
  'a.$',
  'a.$.b',
  'a.$[]',
  'a.$[].b',
  'a.$[e]',
  'a.$[e].b',
  'b.$[e]',
  'b.$[]',
];

export interface UpdateOperation {
  q: Document;
  u: Document | Document[];
  multi: boolean;
  upsert: boolean;
  arrayFilters?: Document[];
}

export function update(chance: Chance): UpdateOperation {
  const q = chance.happens(0.5) ? { _id: new Int32(chance.below(14)) } : filter(chance, 1);
  // Which one of several matches is changed is not defined.
  const shape = { q, multi: !('_id' in q), upsert: chance.happens(0.2) };
  const kind = chance.below(10);
  if (kind === 0)
    return {
      ...shape,
      q: { _id: new Int32(chance.below(14)) },
      multi: false,
      u: Object.fromEntries(chance.some(['a', 'b', 'c'], 2).map((name) => [name, value(chance)])),
    };
  if (kind === 1) return { ...shape, u: chance.list(2, () => pipelineStage(chance), 1) };
  const u: Document = {};
  for (let i = 1 + chance.below(2); i > 0; i -= 1) addOperator(chance, u);
  const text = JSON.stringify(u);
  return { ...shape, u, ...(text.includes('$[e]') ? { arrayFilters: [arrayFilter(chance)] } : {}) };
}

function arrayFilter(chance: Chance): Document {
  return chance.happens(0.5) ? { e: condition(chance, 0) } : { 'e.b': condition(chance, 0) };
}

function pipelineStage(chance: Chance): Document {
  if (chance.happens(0.3)) return { $unset: chance.some(['a', 'b', 'a.b', 'c'], 1) };
  return { $set: { [chance.one(['a', 'b', 'c', 'e', 'a.b', 'c.x'])]: expression(chance, 2) } };
}

function addOperator(chance: Chance, u: Document): void {
  const path = chance.one(PATHS);
  const kind = chance.below(100);
  const set = (name: string, operand: unknown): void => {
    u[name] = { ...(u[name] as Document | undefined), [path]: operand };
  };
  if (kind < 18) set('$set', value(chance));
  else if (kind < 26) set('$unset', '');
  else if (kind < 36)
    set(chance.one(['$inc', '$mul']), chance.happens(0.95) ? simpleNumber(chance) : value(chance));
  else if (kind < 44) set(chance.one(['$min', '$max']), value(chance));
  else if (kind < 49) set('$setOnInsert', value(chance));
  else if (kind < 53) set('$rename', chance.one(['e', 'f', 'c.y', 'b']));
  else if (kind < 70) set('$push', chance.happens(0.5) ? value(chance) : pushModifiers(chance));
  else if (kind < 80)
    set('$addToSet', chance.happens(0.6) ? value(chance) : { $each: chance.list(3, () => value(chance)) });
  else if (kind < 86) set('$pop', chance.one([1, -1]));
  else if (kind < 94) set('$pull', chance.happens(0.5) ? value(chance, 1) : condition(chance, 1));
  else
    set(
      '$pullAll',
      chance.list(3, () => value(chance)),
    );
}

function pushModifiers(chance: Chance): Document {
  return {
    $each: chance.list(3, () => value(chance)),
    ...(chance.happens(0.4) ? { $position: new Int32(chance.below(5) - 2) } : {}),
    ...(chance.happens(0.4) ? { $slice: new Int32(chance.below(5) - 2) } : {}),
    ...(chance.happens(0.3) ? { $sort: chance.one([1, -1, { a: 1 }, { b: -1, a: 1 }]) } : {}),
  };
}
