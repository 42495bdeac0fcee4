import type { RangeOptions } from 'lmdb';
import { decodeFields } from '../bson/decode.js';
import type { KeyPart } from '../language/key-tuples.js';
import { compareSortKeys, sortKey, type SortPattern } from '../language/sort-pattern.js';
import { DROPPED, MongoError } from '../mongo-error.js';
import type { Interval } from '../store/bounds.js';
import type { Collection } from '../store/collection.js';
import { KEPT_BYTES } from '../store/encode-key.js';
import type { IndexScan, Plan } from '../store/plan.js';
import { documentKey, prefix } from '../store/record-keys.js';
import type { Store } from '../store/store.js';

export interface Candidate {
  readonly record: number;
  readonly bytes: Buffer;
}

/** Gives candidates in portions; undefined at the end, a portion may be empty. */
interface Source {
  next(limit: number): Candidate[] | undefined;
}

/** Where several sources are merged, each reads so far ahead. */
const AHEAD = 10;
/** A portion of large documents is smaller than wanted. */
const LARGEST_PORTION_BYTES = 500_000;

/**
 * Reads the candidates of a plan in portions. Between portions it holds nothing open in the data file: it goes on
 * after the last key it saw, so a reader may be left unfinished.
 */
export class CandidateReader implements Source {
  keysExamined = 0;
  documentsExamined = 0;
  private readonly sources: Source[];
  private readonly seen: Set<number> | undefined;
  private position = 0;

  constructor(
    private readonly store: Store,
    private readonly collection: Collection,
    private readonly plan: Plan,
    sort: SortPattern | undefined,
  ) {
    const scans = plan.scans.flatMap((scan) => {
      const ranges = scan.backward ? [...scan.ranges].reverse() : scan.ranges;
      return ranges.map((range) => new KeyScan(this, store, collection, scan, range));
    });
    if (plan.scans.length === 0) this.sources = [new DocumentScan(this, store, collection, plan.backward)];
    else if (sort && plan.sorted && scans.length > 1) this.sources = [new Merge(scans, sort)];
    else this.sources = scans;
    // One document may stand under several keys.
    if (plan.scans.length > 1 || plan.scans.some(({ index }) => index.multikey)) this.seen = new Set();
  }

  next(limit: number): Candidate[] | undefined {
    this.checkPlan();
    const out: Candidate[] = [];
    for (let source = this.sources[this.position]; source; source = this.sources[this.position]) {
      const found = source.next(limit - out.length);
      if (!found) this.position += 1;
      else for (const candidate of found) if (this.isNew(candidate.record)) out.push(candidate);
      // Sources of one candidate each, such as the values of a list, are read together.
      if (out.length >= limit || (found && found.length > 1)) return out;
    }
    return out.length ? out : undefined;
  }

  /** What is read in portions may have been dropped between them. */
  private checkPlan(): void {
    const current = this.store.collections.get(this.collection.namespace);
    if (current?.id !== this.collection.id)
      throw new MongoError(DROPPED, `collection dropped: ${this.collection.namespace}`);
    for (const { index } of this.plan.scans)
      if (!current.indexes.some(({ id }) => id === index.id))
        throw new MongoError(DROPPED, `query plan killed :: index '${index.name}' dropped`);
  }

  private isNew(record: number): boolean {
    if (!this.seen) return true;
    const { size } = this.seen;
    return this.seen.add(record).size > size;
  }
}

class DocumentScan implements Source {
  private last: Buffer | undefined;

  constructor(
    private readonly reader: CandidateReader,
    private readonly store: Store,
    private readonly collection: Collection,
    private readonly backward: boolean,
  ) {}

  next(limit: number): Candidate[] | undefined {
    const { id } = this.collection;
    const range = rangeAfter(prefix(id), prefix(id + 1), this.last, this.backward, limit);
    const out: Candidate[] = [];
    let bytes = 0;
    for (const { key, value } of this.store.documents.getRange(range)) {
      if (this.last?.equals(key)) continue;
      out.push({ record: key.readUIntBE(4, 6), bytes: value });
      bytes += value.length;
      if (out.length === limit || bytes > LARGEST_PORTION_BYTES) break;
    }
    const last = out.at(-1);
    if (!last) return undefined;
    this.last = documentKey(id, last.record);
    this.reader.documentsExamined += out.length;
    return out;
  }
}

/** One range of an index. */
class KeyScan implements Source {
  private last: Buffer | undefined;
  private ended = false;

  constructor(
    private readonly reader: CandidateReader,
    private readonly store: Store,
    private readonly collection: Collection,
    private readonly scan: IndexScan,
    private readonly range: Interval,
  ) {}

  next(limit: number): Candidate[] | undefined {
    if (this.ended) return undefined;
    const records = this.records(limit);
    this.reader.keysExamined += records.length;
    const out: Candidate[] = [];
    for (const record of records) {
      const bytes = this.store.documents.getBinary(documentKey(this.collection.id, record));
      if (bytes) out.push({ record, bytes });
    }
    this.reader.documentsExamined += out.length;
    return out;
  }

  private records(limit: number): number[] {
    const { index, equalities, backward } = this.scan;
    const start = Buffer.concat([prefix(index.id), this.range.low]);
    // Longer bounds may have been cut, so that a key cannot be looked up by them.
    if (index.unique && equalities === index.paths.length && this.range.low.length < KEPT_BYTES) {
      this.ended = true;
      const holder = this.store.keys.getBinary(start);
      return holder ? [holder.readUIntBE(0, 6)] : [];
    }
    const end = Buffer.concat([prefix(index.id), this.range.high]);
    const range = rangeAfter(start, end, this.last, backward, limit);
    const out: number[] = [];
    let last: Buffer | undefined;
    for (const { key, value } of this.store.keys.getRange(range)) {
      if (this.last?.equals(key)) continue;
      last = key;
      out.push(index.unique ? value.readUIntBE(0, 6) : key.readUIntBE(key.length - 6, 6));
    }
    this.last = last;
    this.ended = out.length < limit;
    return out;
  }
}

interface Branch {
  readonly source: Source;
  waiting: { readonly candidate: Candidate; readonly key: KeyPart[] }[];
}

/** Sources that give one order, merged into it. */
class Merge implements Source {
  private branches: Branch[];
  private readonly fields: ReadonlySet<string>;

  constructor(
    sources: readonly Source[],
    private readonly sort: SortPattern,
  ) {
    this.branches = sources.map((source) => ({ source, waiting: [] }));
    this.fields = new Set(sort.paths.map(([top = '']) => top));
  }

  next(limit: number): Candidate[] | undefined {
    const out: Candidate[] = [];
    while (out.length < limit) {
      this.branches = this.branches.filter((branch) => this.fill(branch));
      const [first, ...others] = this.branches;
      if (!first) return out.length ? out : undefined;
      const next = others.reduce((best, other) => (this.isBefore(other, best) ? other : best), first);
      const head = next.waiting.shift();
      if (head) out.push(head.candidate);
    }
    return out;
  }

  private isBefore(a: Branch, b: Branch): boolean {
    return compareSortKeys(a.waiting[0]?.key ?? [], b.waiting[0]?.key ?? [], this.sort) < 0;
  }

  /** Whether the branch has a candidate at hand. */
  private fill(branch: Branch): boolean {
    while (!branch.waiting.length) {
      const found = branch.source.next(AHEAD);
      if (!found) return false;
      branch.waiting = found.map((candidate) => ({
        candidate,
        key: sortKey(decodeFields(candidate.bytes, this.fields), this.sort),
      }));
    }
    return true;
  }
}

/**
 * A range ends before its end; read backwards, the lower bound is that end and belongs to it. The key after which it
 * goes on is read once more.
 */
function rangeAfter(
  start: Buffer,
  end: Buffer,
  after: Buffer | undefined,
  backward: boolean,
  limit: number,
): RangeOptions {
  const most = after ? limit + 1 : limit;
  return backward
    ? { start: after ?? end, end: start, inclusiveEnd: true, reverse: true, limit: most }
    : { start: after ?? start, end, limit: most };
}
