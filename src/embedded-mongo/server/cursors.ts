import { RawArray } from '../bson/encode.js';
import { type Doc, doc } from '../bson/value.js';
import { MongoError } from '../mongo-error.js';

const IDLE_MS = 600_000;
const LARGEST_BATCH_BYTES = 15_000_000;
const FIRST_BATCH = 101;

interface Cursor {
  readonly namespace: string;
  readonly portions: AsyncGenerator<Buffer[], void>;
  waiting: Buffer[];
  finished: boolean;
  usedAt: number;
  busy: boolean;
}

/** Open cursors. They hold no place in the data file, so an abandoned one costs only memory until it is swept. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();
  private lastId = 0n;

  /** Starts a cursor and answers with its first batch. */
  async start(
    namespace: string,
    portions: AsyncGenerator<Buffer[], void>,
    batchSize?: number,
    single = false,
  ): Promise<Doc> {
    const cursor: Cursor = {
      namespace,
      portions,
      waiting: [],
      finished: false,
      usedAt: Date.now(),
      busy: false,
    };
    const batch = await take(cursor, batchSize ?? FIRST_BATCH);
    if (single || cursor.finished) {
      await portions.return();
      return reply(cursor, 0n, 'firstBatch', batch);
    }
    this.lastId += 1n;
    this.open.set(this.lastId, cursor);
    return reply(cursor, this.lastId, 'firstBatch', batch);
  }

  async more(id: bigint, namespace: string, batchSize: number | undefined): Promise<Doc> {
    const cursor = this.open.get(id);
    if (!cursor) throw new MongoError(43, `cursor id ${id} not found`);
    if (cursor.namespace !== namespace)
      throw new MongoError(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    if (cursor.busy) throw new MongoError(12051, `cursor id ${id} is already in use`);
    cursor.busy = true;
    try {
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
    const cursor = this.open.get(id);
    void cursor?.portions.return();
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
    for (let next = cursor.waiting[0]; next; next = cursor.waiting[0]) {
      if (out.length >= most || (out.length > 0 && bytes + next.length > LARGEST_BATCH_BYTES)) return out;
      out.push(next);
      bytes += next.length;
      cursor.waiting.shift();
    }
    const portion = await cursor.portions.next();
    if (portion.done === true) {
      cursor.finished = true;
      return out;
    }
    cursor.waiting = portion.value;
  }
}

function reply(cursor: Cursor, id: bigint, name: string, batch: Buffer[]): Doc {
  return doc({ cursor: doc({ [name]: new RawArray(batch), id, ns: cursor.namespace }) });
}

/** The portions of a cursor over documents that are at hand. */
// eslint-disable-next-line @typescript-eslint/require-await -- cursors read asynchronous generators
export async function* atHand(documents: Buffer[]): AsyncGenerator<Buffer[], void> {
  if (documents.length) yield documents;
}
