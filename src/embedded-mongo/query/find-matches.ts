import { decodeDocument } from '../bson/decode.js';
import type { Doc, Maybe } from '../bson/value.js';
import { compileFilter, type Found, type MatchContext, type Predicate } from '../language/match.js';
import { compareSortKeys, sortKey, type SortPattern } from '../language/sort-pattern.js';
import type { KeyPart } from '../language/key-tuples.js';
import type { Collection } from '../store/collection.js';
import { choosePlan, type Plan } from '../store/plan.js';
import type { Store } from '../store/store.js';
import { Breather, inPortions } from './breathe.js';
import { CandidateReader } from './candidate-reader.js';
import { sortWithPauses } from './sort-with-pauses.js';

const PORTION = 100;

/** A stored document that a filter matches, decoded when first asked for. */
export class Match {
  private decoded: Doc | undefined;
  readonly found: Found = {};

  constructor(
    readonly record: number,
    readonly bytes: Buffer,
  ) {}

  get document(): Doc {
    this.decoded ??= decodeDocument(this.bytes);
    return this.decoded;
  }
}

export interface Query {
  readonly filter: Doc;
  readonly sort?: SortPattern | undefined;
  readonly skip?: number | undefined;
  /** 0 or undefined: all. */
  readonly limit?: number | undefined;
  readonly hint?: Maybe;
}

/** Reads the matches of a query in the order the plan gives. */
export class MatchReader {
  readonly plan: Plan;
  readonly reader: CandidateReader;
  private readonly matches: Predicate;
  private readonly all: boolean;

  constructor(store: Store, collection: Collection, query: Query, context: MatchContext) {
    this.matches = compileFilter(query.filter, context);
    this.all = query.filter.size === 0;
    this.plan = choosePlan(collection, query);
    this.reader = new CandidateReader(store, collection, this.plan);
  }

  /** Whether a sort remains to be done. */
  needsSort(sort: SortPattern | undefined): sort is SortPattern {
    return sort !== undefined && !(this.plan.kind === 'index' && this.plan.sorted);
  }

  /** The matches among the next candidates, possibly none; undefined at the end. */
  next(portion = PORTION): Match[] | undefined {
    const candidates = this.reader.next(portion);
    if (!candidates) return undefined;
    const out: Match[] = [];
    for (const { record, bytes } of candidates) {
      const match = new Match(record, bytes);
      if (this.all || this.matches(match.document, match.found)) out.push(match);
    }
    return out;
  }
}

/** The matches of a query in portions, with pauses for other clients. */
export async function* findMatches(
  store: Store,
  collection: Collection,
  query: Query,
  context: MatchContext,
  reader = new MatchReader(store, collection, query, context),
): AsyncGenerator<Match[], void> {
  const { sort, skip = 0, limit = 0 } = query;
  if (reader.needsSort(sort)) {
    yield* inPortions(
      (await sortedMatches(reader, sort, limit ? skip + limit : 0)).slice(
        skip,
        limit ? skip + limit : undefined,
      ),
    );
    return;
  }
  const breather = new Breather();
  let passed = 0;
  const end = limit ? skip + limit : Infinity;
  const portion = Math.min(PORTION, end);
  for (let part = reader.next(portion); part; part = reader.next(portion)) {
    const wanted = part.slice(Math.max(0, skip - passed), end - passed);
    passed += part.length;
    if (wanted.length) yield wanted;
    if (passed >= end) return;
    await breather.pause();
  }
}

interface Sortable {
  readonly key: KeyPart[];
  readonly match: Match;
}

/** Sorts all matches; when only the first `most` are wanted, the others are dropped on the way. */
async function sortedMatches(reader: MatchReader, sort: SortPattern, most: number): Promise<Match[]> {
  const order = (a: Sortable, b: Sortable): number => compareSortKeys(a.key, b.key, sort);
  const breather = new Breather();
  let items: Sortable[] = [];
  for (let part = reader.next(); part; part = reader.next()) {
    for (const match of part) items.push({ key: sortKey(match.document, sort), match });
    if (most && items.length > most * 2 + 1000) items = items.sort(order).slice(0, most);
    await breather.pause();
  }
  const sorted = await sortWithPauses(items, order);
  return sorted.map(({ match }) => match);
}

/** The first match in the order of the query, read at once: for use within a write. */
export function firstMatch(
  store: Store,
  collection: Collection,
  query: Query,
  context: MatchContext,
): Match | undefined {
  const reader = new MatchReader(store, collection, query, context);
  let best: Sortable | undefined;
  const sort = reader.needsSort(query.sort) ? query.sort : undefined;
  // The first candidate usually is the match; after that portions grow.
  let portion = sort ? PORTION : 2;
  for (let part = reader.next(portion); part; part = reader.next(portion)) {
    portion = Math.min(PORTION, portion * 4);
    for (const match of part) {
      if (!sort) return match;
      const key = sortKey(match.document, sort);
      if (!best || compareSortKeys(key, best.key, sort) < 0) best = { key, match };
    }
  }
  return best?.match;
}
