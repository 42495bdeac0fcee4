import { equal } from '../bson/compare.js';
import { type Doc, isArray, isDoc, type Maybe, type Value } from '../bson/value.js';
import type { SortPattern } from '../language/sort-pattern.js';
import { MongoError } from '../mongo-error.js';
import { fieldBounds, type FieldBounds, type Interval, requiredConditions } from './bounds.js';
import type { Collection, Index } from './collection.js';
import { inverted, KEPT_BYTES, successor } from './encode-key.js';
import { isImplied } from './implied.js';

export interface IndexPlan {
  readonly kind: 'index';
  readonly index: Index;
  /** Key ranges in index order, without the index id. */
  readonly ranges: Interval[];
  /** Fields bounded by single values. */
  readonly equalities: number;
  readonly bounded: boolean;
  /** Whether the keys come in the wanted sort order. */
  readonly sorted: boolean;
  readonly reverse: boolean;
}

export type Plan =
  | IndexPlan
  | { readonly kind: 'union'; readonly plans: IndexPlan[] }
  | { readonly kind: 'scan'; readonly reverse: boolean };

const MOST_RANGES = 2000;

export interface Request {
  readonly filter: Doc;
  readonly sort?: SortPattern | undefined;
  readonly hint?: Maybe;
}

/** Chooses how to read the candidates of a filter. They are a superset: each one is checked by the full filter. */
export function choosePlan(collection: Collection, { filter, sort, hint }: Request): Plan {
  const natural = isDoc(hint) ? hint.get('$natural') : undefined;
  if (natural !== undefined) return { kind: 'scan', reverse: false };
  if (hint !== undefined) return hintedPlan(collection, filter, sort, hint);
  return (
    bestPlan(collection, filter, sort) ?? unionPlan(collection, filter) ?? { kind: 'scan', reverse: false }
  );
}

function hintedPlan(collection: Collection, filter: Doc, sort: SortPattern | undefined, hint: Value): Plan {
  const index = collection.indexes.find(({ name, pattern }) =>
    isDoc(hint) ? equal(pattern, hint) : name === hint,
  );
  if (!index)
    throw new MongoError(
      2,
      'error processing query: planner returned error :: caused by :: hint provided does not correspond to an existing index',
    );
  return indexPlan(index, filter, sort, true) ?? { kind: 'scan', reverse: false };
}

function bestPlan(collection: Collection, filter: Doc, sort: SortPattern | undefined): IndexPlan | undefined {
  let best: IndexPlan | undefined;
  for (const index of collection.indexes) {
    const plan = index.hidden ? undefined : indexPlan(index, filter, sort, false);
    if (plan && (!best || score(plan, sort) > score(best, sort))) best = plan;
  }
  return best;
}

function score(plan: IndexPlan, sort: SortPattern | undefined): number {
  const complete = plan.index.unique && plan.equalities === plan.index.paths.length;
  const range = plan.bounded && plan.ranges.length > 0 && plan.equalities < plan.index.paths.length ? 6 : 0;
  return (
    plan.equalities * 10 +
    range +
    (plan.sorted && sort ? 5 : 0) +
    (complete ? 100 : 0) -
    plan.ranges.length / MOST_RANGES
  );
}

/** Each branch of an $or by its own index. */
function unionPlan(collection: Collection, filter: Doc): Plan | undefined {
  const branches = filter.get('$or');
  if (!isArray(branches)) return undefined;
  const rest: Doc = new Map(filter);
  rest.delete('$or');
  const plans: IndexPlan[] = [];
  for (const branch of branches) {
    const plan = bestPlan(collection, new Map<string, Value>([['$and', [rest, branch]]]), undefined);
    if (!plan?.bounded) return undefined;
    plans.push(plan);
  }
  return { kind: 'union', plans };
}

function indexPlan(
  index: Index,
  filter: Doc,
  sort: SortPattern | undefined,
  wanted: boolean,
): IndexPlan | undefined {
  if (index.partialSpec && !isImplied(index.partialSpec, filter)) return undefined;
  const conditions = requiredConditions(filter);
  let ranges: Interval[] = [{ low: Buffer.alloc(0), high: Buffer.alloc(0) }];
  let equalities = 0;
  let bounded = false;
  for (const field of index.pattern.keys()) {
    const bounds = usableBounds(index, field, conditions, equalities);
    if (!bounds || ranges.length * bounds.intervals.length > MOST_RANGES) break;
    ranges = extend(ranges, bounds, index.directions[equalities] ?? 1);
    bounded = true;
    if (!bounds.points) break;
    equalities += 1;
  }
  const order = sortOrder(index, sort, equalities, ranges.length);
  if (index.sparse && (!bounded || hasNull(conditions, index))) return undefined;
  if (!bounded && !order && !wanted) return undefined;
  return {
    kind: 'index',
    index,
    ranges: ranges.map((range) => whole(range)),
    equalities,
    bounded,
    sorted: order !== undefined,
    reverse: order === 'reverse',
  };
}

/** Two fields below one array may be met by different elements, so only the first of them can be bounded. */
function usableBounds(
  index: Index,
  field: string,
  conditions: Map<string, Value[]>,
  position: number,
): FieldBounds | undefined {
  const given = conditions.get(field);
  if (!given) return undefined;
  if (index.multikey && position > 0) {
    const top = field.split('.')[0];
    if (index.paths.slice(0, position).some((path) => path[0] === top)) return undefined;
  }
  return fieldBounds(given, index.multikey);
}

const hasNull = (conditions: Map<string, Value[]>, index: Index): boolean =>
  index.paths.every((path) => (conditions.get(path.join('.')) ?? [null]).some(mayBeNull));

function mayBeNull(condition: Value): boolean {
  if (condition === null) return true;
  if (!isDoc(condition)) return false;
  const list = condition.get('$in');
  return condition.get('$eq') === null || (isArray(list) && list.includes(null));
}

function extend(ranges: Interval[], bounds: FieldBounds, direction: 1 | -1): Interval[] {
  const intervals = direction > 0 ? bounds.intervals : bounds.intervals.map(mirrored).reverse();
  return ranges.flatMap(({ low: base }) =>
    intervals.map(({ low, high }) => ({
      low: Buffer.concat([base, low]),
      high: Buffer.concat([base, high]),
    })),
  );
}

/** The same interval in a descending field, whose bytes are inverted. */
const mirrored = ({ low, high }: Interval): Interval => ({
  low: inverted(high),
  high: successor(inverted(low)),
});

/** Cuts bounds to what long keys keep in order; an empty upper bound means the end of the index. */
function whole({ low, high }: Interval): Interval {
  return {
    low: low.subarray(0, KEPT_BYTES),
    high:
      high.length === 0
        ? Buffer.alloc(2, 255)
        : high.length > KEPT_BYTES
          ? successor(high.subarray(0, KEPT_BYTES))
          : high,
  };
}

/** Whether reading the index forwards or backwards gives the sort order. */
function sortOrder(
  index: Index,
  sort: SortPattern | undefined,
  equalities: number,
  ranges: number,
): 'forward' | 'reverse' | undefined {
  if (!sort || index.multikey || index.inexact || ranges > 1 || index.sparse) return undefined;
  const names = [...index.pattern.keys()];
  const fixed = names.slice(0, equalities);
  const wanted = sort.paths
    .map((path, i) => ({ name: path.join('.'), direction: sort.directions[i] }))
    .filter(({ name }) => !fixed.includes(name));
  const follows = (factor: 1 | -1): boolean =>
    wanted.every(
      ({ name, direction }, i) =>
        names[equalities + i] === name && direction === (index.directions[equalities + i] ?? 1) * factor,
    );
  if (follows(1)) return 'forward';
  return follows(-1) ? 'reverse' : undefined;
}
