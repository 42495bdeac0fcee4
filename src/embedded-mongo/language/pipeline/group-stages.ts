import { Int32 } from 'bson';
import { compare, rank } from '../../bson/compare.js';
import { hashKey } from '../../bson/hash-key.js';
import { type Doc, doc, isArray, isDoc, isNullish, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { inPortions } from '../../query/breathe.js';
import { compileFor } from '../expression/compile.js';
import { compileAccumulator, type GroupField } from './accumulators.js';
import { stageOptions } from './options.js';
import type { PipelineContext, Stage } from './types.js';

/** $group: one document for each different value of the _id expression. */
export function group(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec)) throw new MongoError(15947, "a group's fields must be specified in an object");
  const id = spec.get('_id');
  if (id === undefined) throw new MongoError(15955, 'a group specification must include an _id');
  const key = compileFor(id, context);
  const fields: Doc = new Map([...spec].filter(([name]) => name !== '_id'));
  return grouping((root) => key(root) ?? null, fields, context);
}

interface Group {
  readonly id: Value;
  readonly fields: GroupField[];
}

function grouping(
  keyOf: (root: Doc) => Value,
  fields: Doc,
  context: PipelineContext,
  order?: (a: Group, b: Group) => number,
): Stage {
  const names = [...fields.keys()];
  const makers = [...fields].map(([name, spec]) => compileAccumulator(name, spec, context));
  const finished = ({ id, fields: collected }: Group): Doc => {
    const out: Doc = new Map([['_id', id]]);
    collected.forEach((field, i) => {
      const value = field.result();
      if (value !== undefined) out.set(names[i] ?? '', value);
    });
    return out;
  };
  return async function* (input) {
    const groups = new Map<string, Group>();
    for await (const documents of input) {
      for (const root of documents) {
        const id = keyOf(root);
        const hash = hashKey(id);
        const own = groups.get(hash) ?? { id, fields: makers.map((make) => make()) };
        groups.set(hash, own);
        for (const field of own.fields) field.add(root);
      }
    }
    const all = [...groups.values()];
    yield* inPortions((order ? all.sort(order) : all).map(finished));
  };
}

const COUNTED: Doc = doc({ count: doc({ $sum: new Int32(1) }) });

/** $bucket: groups by the boundaries between which an expression's value lies. */
export function bucket(spec: Value, context: PipelineContext): Stage {
  const options = stageOptions('$bucket', spec, ['groupBy', 'boundaries', 'default', 'output'], 40201, 40197);
  const [groupBy, boundaries] = [options.get('groupBy'), options.get('boundaries')];
  const [output, fallback] = [options.get('output'), options.get('default')];
  if (groupBy === undefined || !isArray(boundaries))
    throw new MongoError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (boundaries.length < 2) throw new MongoError(40192, '$bucket needs at least 2 boundaries');
  if (boundaries.some((boundary, i) => i > 0 && compare(boundaries[i - 1], boundary) >= 0))
    throw new MongoError(40194, 'the boundaries of $bucket must be sorted in ascending order');
  if (boundaries.some((boundary) => rank(boundary) !== rank(boundaries[0])))
    throw new MongoError(40193, 'the boundaries of $bucket must be of one type');
  const expression = compileFor(groupBy, context);
  const keyOf = (root: Doc): Value => {
    const bound = lowerBound(boundaries, expression(root)) ?? fallback;
    if (bound === undefined)
      throw new MongoError(40066, '$bucket: a value lies outside and there is no default');
    return bound;
  };
  return grouping(keyOf, isDoc(output) ? output : COUNTED, context, (a, b) => compare(a.id, b.id));
}

function lowerBound(boundaries: readonly Value[], value: Maybe): Maybe {
  if (isNullish(value)) return undefined;
  const above = boundaries.findIndex((boundary) => compare(value, boundary) < 0);
  return above > 0 ? boundaries[above - 1] : undefined;
}

/** The $group that $sortByCount stands for; it is followed by a descending sort on count. */
export function countGroups(spec: Value, context: PipelineContext): Stage {
  if (typeof spec === 'string' ? !spec.startsWith('$') : !isDoc(spec))
    throw new MongoError(40148, '$sortByCount takes a $-prefixed path or an expression in an object');
  return group(new Map([['_id', spec], ...COUNTED]), context);
}
