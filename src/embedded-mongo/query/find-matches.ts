import { decodeDocument, decodeFields } from '../bson/decode.js';
import type { Doc } from '../bson/value.js';
import type { Found } from '../language/match.js';
import { compareSortKeys, sortKey, type SortPattern } from '../language/sort-pattern.js';
import type { KeyPart } from '../language/key-tuples.js';
import type { Collection } from '../store/collection.js';
import { choosePlan, type Plan } from '../store/plan.js';
import type { Store } from '../store/store.js';
import { Breather } from './breathe.js';
import { type Candidate, CandidateReader } from './candidate-reader.js';
import type { Query } from './query.js';
import { sortWithPauses } from './sort-with-pauses.js';

const PORTION = 100;

/** A stored document that a filter matches. */
export class Match implements Candidate {
  readonly found: Found = {};
  readonly record: number;
  readonly bytes: Buffer;
  /** As much of the document as the query reads. */
  readonly part: Doc;
  private decoded: Doc | undefined;

  constructor({ record, bytes }: Candidate, reads: ReadonlySet<string> | undefined) {
    this.record = record;
    this.bytes = bytes;
    this.part = reads ? decodeFields(bytes, reads) : this.document;
  }

  /** The whole document, decoded when first asked for. */
  get document(): Doc {
    this.decoded ??= decodeDocument(this.bytes);
    return this.decoded;
  }
}

/** The candidate as a match, if it is one. */
export function matchOf(candidate: Candidate, query: Query): Match | undefined {
  const match = new Match(candidate, query.reads);
  return query.matches(match.part, match.found) ? match : undefined;
}

interface Sortable {
  readonly key: KeyPart[];
  readonly match: Match;
}

/** Reads the matches of a query in its order. */
export class MatchReader {
  readonly plan: Plan;
  readonly candidates: CandidateReader;
  /** What remains to be sorted, as no index gives the order. */
  readonly sort: SortPattern | undefined;
  private readonly end: number;
  private readonly breather: Breather;
  private portion: number;
  private sorted: Match[] | undefined;
  private passed = 0;

  constructor(
    store: Store,
    collection: Collection,
    private readonly query: Query,
    limit = query.limit,
  ) {
    this.plan = choosePlan(collection, query);
    this.sort = this.plan.sorted ? undefined : query.sort;
    this.candidates = new CandidateReader(store, collection, this.plan, query.sort);
    this.breather = new Breather(query.timeLimit);
    this.end = limit ? query.skip + limit : Infinity;
    this.portion = Math.min(PORTION, this.end);
  }

  /** The next matches, with pauses for other clients; undefined at the end. */
  async next(): Promise<Match[] | undefined> {
    if (this.sort) this.sorted ??= await this.sortAll(this.sort);
    while (this.passed < this.end) {
      const part = this.sorted ? this.sorted.slice(this.passed, this.passed + PORTION) : this.advance();
      if (!part || (this.sorted && !part.length)) return undefined;
      const wanted = part.slice(Math.max(0, this.query.skip - this.passed), this.end - this.passed);
      this.passed += part.length;
      await this.breather.pause();
      if (wanted.length) return wanted;
    }
    return undefined;
  }

  /** The matches among the next candidates, possibly none; undefined at the end. */
  advance(): Match[] | undefined {
    const found = this.candidates.next(this.portion);
    // The first candidate usually is the match; after that portions grow.
    this.portion = Math.min(PORTION, this.portion * 4);
    return found?.map((candidate) => matchOf(candidate, this.query)).filter((match) => match !== undefined);
  }

  /** Sorts all matches; when only the first are wanted, the others are dropped on the way. */
  private async sortAll(sort: SortPattern): Promise<Match[]> {
    let items: Sortable[] = [];
    for (let part = this.advance(); part; part = this.advance()) {
      for (const match of part) items.push({ key: sortKey(match.part, sort), match });
      if (items.length > this.end * 2 + 1000) items = items.sort(inOrder(sort)).slice(0, this.end);
      await this.breather.pause();
    }
    const sorted = await sortWithPauses(items, inOrder(sort));
    return sorted.map(({ match }) => match);
  }
}

const inOrder =
  (sort: SortPattern) =>
  (a: Sortable, b: Sortable): number =>
    compareSortKeys(a.key, b.key, sort);

/** The matches of a query in portions, with pauses for other clients. */
export async function* findMatches(
  store: Store,
  collection: Collection,
  query: Query,
): AsyncGenerator<Match[], void> {
  const reader = new MatchReader(store, collection, query);
  for (let part = await reader.next(); part; part = await reader.next()) yield part;
}

/**
 * The first match, read at once: for use within a write. Gives 'long' when it would have to examine more than `most`
 * documents.
 */
export function firstMatch(
  store: Store,
  collection: Collection,
  query: Query,
  most: number,
): Match | undefined | 'long' {
  const reader = new MatchReader(store, collection, query, 1);
  let best: Sortable | undefined;
  for (let part = reader.advance(); part; part = reader.advance()) {
    for (const match of part) {
      if (!reader.sort) return match;
      const next = { key: sortKey(match.part, reader.sort), match };
      if (!best || inOrder(reader.sort)(next, best) < 0) best = next;
    }
    if (reader.candidates.documentsExamined > most) return 'long';
  }
  return best?.match;
}
