import type { Collection, Index } from '../store/collection.js';
import { KEPT_BYTES } from '../store/encode-key.js';
import type { Interval } from '../store/bounds.js';
import type { IndexPlan, Plan } from '../store/plan.js';
import { documentKey, prefix } from '../store/record-keys.js';
import type { Store } from '../store/store.js';

export interface Candidate {
  readonly record: number;
  readonly bytes: Buffer;
}

/**
 * Reads the candidates of a plan in portions. Between portions it holds nothing open in the data file: it goes on
 * after the last key it saw, so a reader may be left unfinished.
 */
export class CandidateReader {
  keysExamined = 0;
  documentsExamined = 0;
  private readonly records: RecordSource;

  constructor(
    private readonly store: Store,
    private readonly collection: Collection,
    plan: Plan,
  ) {
    this.records = plan.kind === 'scan' ? new ScanSource(this, plan.reverse) : new IndexSource(this, plan);
  }

  /** At most `limit` further candidates; undefined at the end. */
  next(limit: number): Candidate[] | undefined {
    return this.records.next(limit);
  }

  fetch(record: number): Candidate | undefined {
    const bytes = this.store.documents.getBinary(documentKey(this.collection.id, record));
    if (!bytes) return undefined;
    this.documentsExamined += 1;
    return { record, bytes };
  }

  readDocuments(
    after: Buffer | undefined,
    reverse: boolean,
    limit: number,
  ): { key: Buffer; value: Buffer }[] {
    const id = this.collection.id;
    return readRange(this.store.documents, prefix(id), prefix(id + 1), after, reverse, limit);
  }

  readKeys(
    index: Index,
    range: Interval,
    after: Buffer | undefined,
    reverse: boolean,
    limit: number,
  ): { key: Buffer; value: Buffer }[] {
    const start = Buffer.concat([prefix(index.id), range.low]);
    const end = Buffer.concat([prefix(index.id), range.high]);
    const entries = readRange(this.store.keys, start, end, after, reverse, limit);
    this.keysExamined += entries.length;
    return entries;
  }

  /** The record of a complete key in a unique index. */
  readUnique(index: Index, low: Buffer): number | undefined {
    this.keysExamined += 1;
    const holder = this.store.keys.getBinary(Buffer.concat([prefix(index.id), low]));
    return holder?.readUIntBE(0, 6);
  }
}

/** More than any index holds; one is added to it. */
const EVERYTHING = 2 ** 31 - 2;

interface RecordSource {
  next(limit: number): Candidate[] | undefined;
}

function readRange(
  table: Store['documents'],
  start: Buffer,
  end: Buffer,
  after: Buffer | undefined,
  reverse: boolean,
  limit: number,
): { key: Buffer; value: Buffer }[] {
  // A range ends before its end; read backwards, the lower bound is that end and belongs to it.
  const range = reverse
    ? { start: after ?? end, end: start, inclusiveEnd: true, reverse }
    : { start: after ?? start, end };
  const out: { key: Buffer; value: Buffer }[] = [];
  for (const { key, value } of table.getRange({ ...range, limit: limit + 1 })) {
    if (after?.equals(key) !== true && out.length < limit)
      out.push({ key: Buffer.from(key), value: Buffer.from(value) });
  }
  return out;
}

class ScanSource implements RecordSource {
  private last: Buffer | undefined;

  constructor(
    private readonly reader: CandidateReader,
    private readonly reverse: boolean,
  ) {}

  next(limit: number): Candidate[] | undefined {
    const entries = this.reader.readDocuments(this.last, this.reverse, limit);
    this.last = entries.at(-1)?.key ?? this.last;
    this.reader.documentsExamined += entries.length;
    if (!entries.length) return undefined;
    return entries.map(({ key, value }) => ({ record: key.readUIntBE(4, 6), bytes: value }));
  }
}

interface Step {
  readonly plan: IndexPlan;
  readonly range: Interval;
}

class IndexSource implements RecordSource {
  private readonly steps: Step[];
  private readonly seen: Set<number> | undefined;
  private position = 0;
  private last: Buffer | undefined;

  constructor(
    private readonly reader: CandidateReader,
    plan: Exclude<Plan, { kind: 'scan' }>,
  ) {
    const plans = plan.kind === 'union' ? plan.plans : [plan];
    this.steps = plans.flatMap((part) => {
      const ranges = part.reverse ? [...part.ranges].reverse() : part.ranges;
      return ranges.map((range) => ({ plan: part, range }));
    });
    // One document may stand under several keys.
    if (plans.length > 1 || plans.some(({ index }) => index.multikey)) this.seen = new Set();
  }

  next(limit: number): Candidate[] | undefined {
    const out: Candidate[] = [];
    while (out.length < limit) {
      const step = this.steps[this.position];
      if (!step) return out.length ? out : undefined;
      for (const record of this.recordsOf(step, limit - out.length)) this.collect(record, out);
    }
    return out;
  }

  private collect(record: number, out: Candidate[]): void {
    if (this.seen?.has(record)) return;
    this.seen?.add(record);
    const candidate = this.reader.fetch(record);
    if (candidate) out.push(candidate);
  }

  private recordsOf({ plan, range }: Step, limit: number): number[] {
    const { index } = plan;
    if (index.unique && plan.equalities === index.paths.length) {
      this.position += 1;
      // From that length on bounds may have been cut, so that a key cannot be looked up by them.
      if (range.low.length < KEPT_BYTES) return [this.reader.readUnique(index, range.low) ?? []].flat();
      const entries = this.reader.readKeys(index, range, undefined, false, EVERYTHING);
      return entries.map(({ value }) => value.readUIntBE(0, 6));
    }
    const entries = this.reader.readKeys(index, range, this.last, plan.reverse, limit);
    this.last = entries.at(-1)?.key;
    if (entries.length < limit) {
      this.position += 1;
      this.last = undefined;
    }
    return entries.map(({ key, value }) =>
      (index.unique ? value : key.subarray(key.length - 6)).readUIntBE(0, 6),
    );
  }
}
