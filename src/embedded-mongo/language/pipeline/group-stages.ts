import { Int32 } from 'bson';
import { compare } from '../../bson/compare.js';
import { hashKey } from '../../bson/hash-key.js';
import { type Doc, doc, isArray, isDoc, isNullish, type Maybe, type Value } from '../../bson/value.js';
import { MongoError } from '../../mongo-error.js';
import { inPortions } from '../../query/breathe.js';
import { compileExpression } from '../expression/compile.js';
import type { Evaluation } from '../expression/types.js';
import { type Accumulator, compileAccumulator } from './accumulators.js';
import type { PipelineContext, Stage } from './types.js';

/** $group: one document for each different value of the _id expression. */
export function group(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec)) throw new MongoError(15947, "a group's fields must be specified in an object");
  const id = spec.get('_id');
  if (id === undefined) throw new MongoError(15955, 'a group specification must include an _id');
  const key = compileExpression(id, new Set(context.variables.keys()));
  return grouping(
    (evaluation) => key(evaluation) ?? null,
    withoutId(spec),
    context,
    (groups) => groups,
  );
}

const withoutId = (spec: Doc): Doc => new Map([...spec].filter(([name]) => name !== '_id'));

interface Group {
  readonly id: Value;
  readonly accumulators: Accumulator[];
}

function grouping(
  keyOf: (evaluation: Evaluation) => Value,
  fields: Doc,
  context: PipelineContext,
  order: (groups: Group[]) => Group[],
): Stage {
  const scope = new Set(context.variables.keys());
  const makers = [...fields].map(([name, spec]) => [name, compileAccumulator(name, spec, scope)] as const);
  return async function* (input) {
    const groups = new Map<string, Group>();
    for await (const documents of input) {
      for (const root of documents) {
        const evaluation = { root, variables: context.variables, now: context.now };
        const value = keyOf(evaluation);
        const hash = hashKey(value);
        const own = groups.get(hash) ?? { id: value, accumulators: makers.map(([, make]) => make()) };
        groups.set(hash, own);
        for (const accumulator of own.accumulators) accumulator.add(evaluation);
      }
    }
    yield* inPortions(
      order([...groups.values()]).map((own) =>
        finished(
          own,
          makers.map(([name]) => name),
        ),
      ),
    );
  };
}

function finished({ id, accumulators }: Group, names: readonly string[]): Doc {
  const out: Doc = new Map([['_id', id]]);
  accumulators.forEach((accumulator, i) => {
    const value: Maybe = accumulator.result();
    if (value !== undefined) out.set(names[i] ?? '', value);
  });
  return out;
}

const COUNTED: Doc = doc({ count: doc({ $sum: new Int32(1) }) });

/** $bucket: groups by the boundaries between which an expression's value lies. */
export function bucket(spec: Value, context: PipelineContext): Stage {
  if (!isDoc(spec)) throw new MongoError(40201, 'Argument to $bucket stage must be an object');
  for (const name of spec.keys()) {
    if (!['groupBy', 'boundaries', 'default', 'output'].includes(name))
      throw new MongoError(40197, `Unrecognized option to $bucket: ${name}.`);
  }
  const boundaries = spec.get('boundaries');
  const groupBy = spec.get('groupBy');
  const output = spec.get('output');
  const fallback = spec.get('default');
  if (groupBy === undefined || !isArray(boundaries))
    throw new MongoError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (boundaries.length < 2)
    throw new MongoError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${boundaries.length} value(s).`,
    );
  boundaries.slice(1).forEach((boundary, i) => {
    if (compare(boundaries[i], boundary) >= 0)
      throw new MongoError(40194, "The 'boundaries' option to $bucket must be sorted in ascending order");
  });
  const expression = compileExpression(groupBy, new Set(context.variables.keys()));
  const keyOf = (evaluation: Evaluation): Value => {
    const value = expression(evaluation);
    const bound = lowerBound(boundaries, value) ?? fallback;
    if (bound === undefined)
      throw new MongoError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return bound;
  };
  const byId = (groups: Group[]): Group[] => groups.sort((a, b) => compare(a.id, b.id));
  return grouping(keyOf, isDoc(output) ? output : COUNTED, context, byId);
}

function lowerBound(boundaries: readonly Value[], value: Maybe): Maybe {
  if (isNullish(value)) return undefined;
  return boundaries.find((low, i) => {
    const high = boundaries[i + 1];
    return high !== undefined && compare(value, low) >= 0 && compare(value, high) < 0;
  });
}

/** The $group that $sortByCount stands for; it is followed by a descending sort on count. */
export function countGroups(spec: Value, context: PipelineContext): Stage {
  if (typeof spec === 'string' ? !spec.startsWith('$') : !isDoc(spec)) {
    throw new MongoError(
      40148,
      'the sortByCount field must be specified as a $-prefixed path or an expression in an object',
    );
  }
  return group(new Map([['_id', spec], ...COUNTED]), context);
}
