import { toNumber } from '../bson/number.js';
import { type Doc, isArray, isDoc, isNumeric, type Maybe, type Value } from '../bson/value.js';
import type { SortPattern } from '../language/sort-pattern.js';
import { MongoError, refusal } from '../mongo-error.js';
import { fieldBounds, type FieldBounds, type Interval } from './bounds.js';
import { type Collection, findIndex, type Index } from './collection.js';
import {
  type Conditions,
  hasOpenRange,
  requiredChoices,
  requiredConditions,
  topField,
} from './conditions.js';
import { inverted, KEPT_BYTES, successor } from './encode-key.js';
import { isImplied } from './implied.js';

export interface IndexScan {
  readonly index: Index;
  /** Key ranges in index order, without the index id. */
  readonly ranges: readonly Interval[];
  /** Fields bounded by single values. */
  readonly equalities: number;
  readonly bounded: boolean;
  /** Whether the keys of each range come in the wanted order. */
  readonly sorted: boolean;
  readonly backward: boolean;
}

/** How to read the candidates of a filter: by scans of indexes, one after another, or the whole collection if none. */
export interface Plan {
  readonly scans: readonly IndexScan[];
  /** The scans are merged into the wanted order. */
  readonly sorted: boolean;
  /** Reads the collection from its end. */
  readonly backward: boolean;
}

export interface Request {
  readonly filter: Doc;
  readonly sort?: SortPattern | undefined;
  readonly hint?: Maybe;
}

const MOST_RANGES = 2000;
/** Ranges that are merged into one order rather than sorted. */
const MOST_MERGED = 50;

const OPEN_RANGE = 'a range from MinKey or to MaxKey beside a sparse or partial index';

const wholeCollection = (backward: boolean): Plan => ({ scans: [], sorted: false, backward });

function planOf(scans: readonly IndexScan[]): Plan {
  const ranges = scans.reduce((sum, scan) => sum + scan.ranges.length, 0);
  return { scans, sorted: ranges <= MOST_MERGED && scans.every(({ sorted }) => sorted), backward: false };
}

/** Chooses how to read the candidates of a filter. They are a superset: each one is checked by the full filter. */
export function choosePlan(collection: Collection, { filter, sort, hint }: Request): Plan {
  const mayMiss = collection.indexes.some((index) => !index.hidden && (index.sparse || index.partialSpec));
  if (mayMiss && hasOpenRange(filter)) throw refusal(OPEN_RANGE, 2);
  if (hint !== undefined) return hintedPlan(collection, filter, sort, hint);
  const best = bestScan(collection, filter, sort);
  if (best?.bounded) return planOf([best]);
  for (const branches of requiredChoices(filter)) {
    const plan =
      (sort && choicePlan(collection, filter, branches, sort)) ?? choicePlan(collection, filter, branches);
    if (plan) return plan;
  }
  return best ? planOf([best]) : wholeCollection(false);
}

function hintedPlan(collection: Collection, filter: Doc, sort: SortPattern | undefined, hint: Value): Plan {
  const natural = isDoc(hint) ? hint.get('$natural') : undefined;
  if (natural !== undefined) return wholeCollection(isNumeric(natural) && toNumber(natural) < 0);
  const index = findIndex(collection, hint);
  if (!index) throw new MongoError(2, 'hint provided does not correspond to an existing index');
  const scan = scanOf(index, filter, requiredConditions(filter), sort, true);
  return scan ? planOf([scan]) : wholeCollection(false);
}

/** Each branch of an $or by its own index; with a sort only when all of them give that order. */
function choicePlan(
  collection: Collection,
  filter: Doc,
  branches: readonly Value[],
  sort?: SortPattern,
): Plan | undefined {
  const scans: IndexScan[] = [];
  for (const branch of branches) {
    const both = new Map<string, Value>([['$and', [filter, branch]]]);
    const scan = bestScan(collection, both, sort);
    if (!scan?.bounded || (sort && !scan.sorted)) return undefined;
    scans.push(scan);
  }
  const plan = planOf(scans);
  return sort && !plan.sorted ? undefined : plan;
}

function bestScan(collection: Collection, filter: Doc, sort: SortPattern | undefined): IndexScan | undefined {
  const conditions = requiredConditions(filter);
  let best: IndexScan | undefined;
  for (const index of collection.indexes) {
    const scan = index.hidden ? undefined : scanOf(index, filter, conditions, sort, false);
    if (scan && (!best || score(scan) > score(best))) best = scan;
  }
  return best;
}

function score({ index, equalities, bounded, sorted, ranges }: IndexScan): number {
  const complete = index.unique && equalities === index.paths.length;
  const range = bounded && equalities < index.paths.length;
  return (
    equalities * 10 + (range ? 6 : 0) + (sorted ? 5 : 0) + (complete ? 100 : 0) - ranges.length / MOST_RANGES
  );
}

/** The scan of one index; undefined when it neither narrows nor orders, or does not hold every match. */
function scanOf(
  index: Index,
  filter: Doc,
  conditions: Conditions,
  sort: SortPattern | undefined,
  wanted: boolean,
): IndexScan | undefined {
  let ranges: Interval[] = [EVERYTHING];
  let equalities = 0;
  let bounded = false;
  const elements = new Map<string, Doc | undefined>();
  for (const field of index.pattern.keys()) {
    const bounds = boundsOf(index, field, conditions, elements);
    if (!bounds || ranges.length * bounds.intervals.length > MOST_RANGES) break;
    ranges = extend(ranges, bounds, index.directions[equalities] ?? 1);
    bounded = true;
    if (!bounds.points) break;
    equalities += 1;
  }
  const order = sortOrder(index, sort, equalities);
  if (!bounded && !order && !wanted) return undefined;
  if (index.sparse && (!bounded || hasNull(conditions, index))) return undefined;
  if (index.partialSpec && !isImplied(index.partialSpec, filter)) return undefined;
  const backward = order === 'backward';
  return {
    index,
    ranges: ranges.map(whole),
    equalities,
    bounded,
    sorted: order !== undefined,
    backward,
  };
}

const EVERYTHING: Interval = { low: Buffer.alloc(0), high: Buffer.alloc(0) };

/**
 * Bounds on a field of an index. Conditions on two fields below one array may be met by different elements: beside the
 * first only those are used that stand with it in one $elemMatch.
 */
function boundsOf(
  index: Index,
  field: string,
  conditions: Conditions,
  elements: Map<string, Doc | undefined>,
): FieldBounds | undefined {
  const given = conditions.get(field);
  if (!given) return undefined;
  const valuesOf = (element: Doc | undefined): Value[] =>
    given.filter((condition) => condition.element === element).map(({ value }) => value);
  if (!index.multikey)
    return fieldBounds(
      given.map(({ value }) => value),
      false,
    );
  const top = topField(field);
  if (elements.has(top)) {
    const element = elements.get(top);
    return element && fieldBounds(valuesOf(element), true);
  }
  for (const element of [...new Set(given.map((condition) => condition.element)), undefined]) {
    const bounds = fieldBounds(valuesOf(element), true);
    if (!bounds) continue;
    elements.set(top, element);
    return bounds;
  }
  return undefined;
}

const hasNull = (conditions: Conditions, index: Index): boolean =>
  index.paths.every((path) => (conditions.get(path.join('.')) ?? [{ value: null }]).some(mayBeNull));

function mayBeNull({ value }: { readonly value: Value }): boolean {
  if (value === null) return true;
  if (!isDoc(value)) return false;
  const list = value.get('$in');
  return value.get('$eq') === null || (isArray(list) && list.includes(null));
}

function extend(ranges: readonly Interval[], bounds: FieldBounds, direction: 1 | -1): Interval[] {
  const intervals = direction > 0 ? bounds.intervals : bounds.intervals.map(mirrored).reverse();
  return ranges.flatMap(({ low: base }) =>
    intervals.map(({ low, high }) =>
      base.length ? { low: Buffer.concat([base, low]), high: Buffer.concat([base, high]) } : { low, high },
    ),
  );
}

/** The same interval in a descending field, whose bytes are inverted. */
const mirrored = ({ low, high }: Interval): Interval => ({
  low: inverted(high),
  high: successor(inverted(low)),
});

/** Cuts bounds to what long keys keep in order; an empty upper bound means the end of the index. */
function whole({ low, high }: Interval): Interval {
  if (high.length === 0) return { low, high: Buffer.alloc(2, 255) };
  return {
    low: low.subarray(0, KEPT_BYTES),
    high: high.length > KEPT_BYTES ? successor(high.subarray(0, KEPT_BYTES)) : high,
  };
}

/** Whether reading the index forwards or backwards gives the sort order within each of its ranges. */
function sortOrder(
  index: Index,
  sort: SortPattern | undefined,
  equalities: number,
): 'forward' | 'backward' | undefined {
  if (!sort || index.multikey || index.inexact || index.sparse) return undefined;
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
  return follows(-1) ? 'backward' : undefined;
}
