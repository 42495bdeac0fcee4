import { BSONRegExp, type Document, Int32 } from 'mongodb';
import type { Chance } from './chance.js';
import { expression, safeExpression } from './pipelines.js';
import { PATHS, scalar, simpleNumber, value } from './values.js';

const TYPES = [
  'int',
  'long',
  'double',
  'decimal',
  'number',
  'string',
  'object',
  'array',
  'bool',
  'date',
  'null',
  'objectId',
  'binData',
  'regex',
];
const PATTERNS = [
  'a',
  '^a',
  'b$',
  '^ab',
  '[ab]',
  'A',
  '^$',
  'a.b',
  '\\d+',
  '^b c',
  'é',
  '[^a]',
  '\\s',
  '(?:a|b)+',
  '[]b]',
  'a{1,2}b',
  '\\W',
  '$',
  '(a)?b',
  'B\\b',
];

export function filter(chance: Chance, depth = 2): Document {
  const out: Document = {};
  for (let i = chance.below(3) + (depth === 2 ? 0 : 1); i > 0; i -= 1) {
    if (depth > 0 && chance.happens(0.05)) out.$expr = safeExpression(chance, 2);
    else if (depth > 0 && chance.happens(0.2))
      out[chance.one(['$and', '$or', '$nor'])] = chance.list(3, () => filter(chance, depth - 1), 1);
    else out[chance.one(PATHS)] = condition(chance, depth);
  }
  return out;
}

export function condition(chance: Chance, depth: number): unknown {
  if (chance.happens(0.3)) return value(chance, 1);
  const out: Document = {};
  for (let i = chance.happens(0.25) ? 2 : 1; i > 0; i -= 1) {
    const [name, operand] = operator(chance, depth);
    out[name] = operand;
    if (name === '$regex' && chance.happens(0.3)) out.$options = chance.one(['i', 'm', 's', 'im']);
  }
  return out;
}

function operator(chance: Chance, depth: number): [string, unknown] {
  const kind = chance.below(100);
  if (kind < 8) return ['$eq', value(chance, 1)];
  if (kind < 16) return ['$ne', value(chance, 1)];
  if (kind < 46)
    return [
      chance.one(['$gt', '$gte', '$lt', '$lte']),
      chance.happens(0.85) ? scalar(chance) : value(chance, 1),
    ];
  if (kind < 56) return [chance.one(['$in', '$nin']), chance.list(4, () => value(chance, 1))];
  if (kind < 62) return ['$exists', chance.happens(0.5)];
  if (kind < 68) return ['$type', chance.happens(0.7) ? chance.one(TYPES) : chance.some(TYPES, 2)];
  if (kind < 72) return ['$size', new Int32(chance.below(4))];
  if (kind < 76) return ['$mod', [simpleNumber(chance), new Int32(chance.below(3))]];
  if (kind < 82) return ['$regex', chance.one(PATTERNS)];
  if (kind < 88)
    return [
      '$all',
      chance.list(3, () => (chance.happens(0.2) ? { $elemMatch: filter(chance, 0) } : value(chance, 1))),
    ];
  if (depth > 0 && kind < 94)
    return ['$not', chance.happens(0.2) ? new BSONRegExp(chance.one(PATTERNS), '') : notEmpty(chance, depth)];
  return ['$elemMatch', chance.happens(0.5) ? filter(chance, 0) : notEmpty(chance, 0)];
}

function notEmpty(chance: Chance, depth: number): Document {
  const [name, operand] = operator(chance, Math.max(0, depth - 1));
  const out: Document = {};
  out[name] = operand;
  return out;
}

/** A sort that leaves no ties. */
export function sort(chance: Chance): Document {
  const names = chance.some(
    PATHS.filter((path) => path !== '_id' && !/\d/.test(path)),
    chance.below(3),
  );
  return Object.fromEntries([
    ...names.map((name) => [name, chance.one([1, -1])] as const),
    ['_id', 1] as const,
  ]);
}

export function projection(chance: Chance): Document {
  const kind = chance.below(10);
  if (kind < 3) return {};
  const flag = kind < 7 ? 1 : 0;
  const out: Document = Object.fromEntries(
    chance
      .some(
        PATHS.filter((path) => !/\d/.test(path)),
        1 + chance.below(3),
      )
      .map((name) => [name, flag]),
  );
  if (chance.happens(0.1)) out.a = { $slice: chance.one([1, -1, [0, 1], [1, 2]]) };
  if (chance.happens(0.1)) out.b = { $elemMatch: filter(chance, 0) };
  if (chance.happens(0.1)) out['a.$'] = 1;
  if (flag && chance.happens(0.2)) out[chance.one(['r', 'a', 'b.c'])] = expression(chance, 2);
  return out;
}

export const indexes = (chance: Chance): { key: Document; options: Document }[] =>
  chance.list(3, () => ({
    key: Object.fromEntries(
      chance
        .some(
          PATHS.filter((path) => path !== '_id' && !/\d/.test(path)),
          1 + chance.below(3),
        )
        .map((name) => [name, chance.one([1, -1])]),
    ),
    options: chance.happens(0.15)
      ? { sparse: true }
      : chance.happens(0.15)
        ? {
            partialFilterExpression: {
              a: chance.one([{ $exists: true }, { $gt: new Int32(1) }, { $type: 'string' }]),
            },
          }
        : {},
  }));
