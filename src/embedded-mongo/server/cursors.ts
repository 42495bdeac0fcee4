import { RawArray } from '../bson/encode.js';
import { type Doc, doc } from '../bson/value.js';
import { MongoError } from '../mongo-error.js';
import type { TimeLimit } from '../query/breathe.js';

const IDLE_MS = 600_000;
const LARGEST_BATCH_BYTES = 15_000_000;
const FIRST_BATCH = 101;

/** Gives documents as BSON in portions; undefined at the end. */
export type Portions = () => Promise<readonly Buffer[] | undefined>;

export interface CursorStart {
  readonly namespace: string;
  readonly portions: Portions;
  readonly batchSize?: number | undefined;
  /** The first batch is all that is wanted. */
  readonly single?: boolean;
  readonly timeLimit?: TimeLimit | undefined;
}

class Cursor {
  /** Documents that were read and did not fit into the last batch. */
  waiting: readonly Buffer[] = [];
  finished = false;
  usedAt = Date.now();
  busy = false;

  constructor(
    readonly namespace: string,
    readonly portions: Portions,
    readonly timeLimit: TimeLimit | undefined,
  ) {}
}

/** Open cursors. They hold no place in the data file, so an abandoned one costs only memory until it is swept. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private lastId = 0n;

  /** Starts a cursor and answers with its first batch. */
  async start(start: CursorStart): Promise<Doc> {
    const { namespace, portions, batchSize = FIRST_BATCH, single = false, timeLimit } = start;
    const cursor = new Cursor(namespace, portions, timeLimit);
    const batch = await take(cursor, batchSize);
    const ended = cursor.finished || single;
    if (!ended) this.open.set((this.lastId += 1n), cursor);
    return reply(cursor, ended ? 0n : this.lastId, 'firstBatch', batch);
  }

  async more(id: bigint, namespace: string, batchSize: number | undefined): Promise<Doc> {
    const cursor = this.open.get(id);
    if (!cursor) throw new MongoError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace)
      throw new MongoError(13, `cursor ${id} belongs to ${cursor.namespace}, not to '${namespace}'`);
    if (cursor.busy) throw new MongoError(12051, `cursor id ${id} is already in use`);
    cursor.busy = true;
    try {
      cursor.timeLimit?.resume();
      const batch = await take(cursor, batchSize === undefined || batchSize === 0 ? Infinity : batchSize);
      if (cursor.finished) this.open.delete(id);
      return reply(cursor, cursor.finished ? 0n : id, 'nextBatch', batch);
    } catch (error) {
      this.open.delete(id);
      throw error;
    } finally {
      cursor.busy = false;
      cursor.usedAt = Date.now();
    }
  }

  kill(id: bigint): boolean {
    return this.open.delete(id);
  }

  sweep(now: number): void {
    for (const [id, cursor] of this.open) if (!cursor.busy && now - cursor.usedAt > IDLE_MS) this.kill(id);
  }
}

/** Takes a batch within the limits of count and size; notes whether the cursor has ended. */
async function take(cursor: Cursor, most: number): Promise<Buffer[]> {
  const out: Buffer[] = [];
  let bytes = 0;
  for (;;) {
    for (const [i, next] of cursor.waiting.entries()) {
      if (out.length >= most || (out.length > 0 && bytes + next.length > LARGEST_BATCH_BYTES)) {
        cursor.waiting = cursor.waiting.slice(i);
        cursor.timeLimit?.suspend();
        return out;
      }
      out.push(next);
      bytes += next.length;
    }
    const portion = await cursor.portions();
    cursor.finished = portion === undefined;
    if (!portion) return out;
    cursor.waiting = portion;
  }
}

const reply = (cursor: Cursor, id: bigint, name: string, batch: Buffer[]): Doc =>
  doc({ cursor: doc({ [name]: new RawArray(batch), id, ns: cursor.namespace }), ok: 1 });

/** The portions of a cursor over documents that are at hand. */
export function atHand(documents: readonly Buffer[]): Portions {
  let rest: readonly Buffer[] | undefined = documents;
  return () => {
    const portion = rest;
    rest = undefined;
    return Promise.resolve(portion);
  };
}
