import { MongoError } from '../mongo-error.js';

const LONGEST_STRETCH_MS = 2;

/** The time a command may take, not counting the time in which its cursor waits for the client. */
export class TimeLimit {
  private end: number;
  private left = 0;

  constructor(milliseconds: number) {
    this.end = performance.now() + milliseconds;
  }

  check(now = performance.now()): void {
    if (now > this.end) throw new MongoError(50, 'operation exceeded time limit');
  }

  suspend(): void {
    this.left = this.end - performance.now();
  }

  resume(): void {
    this.end = performance.now() + this.left;
  }
}

/** Lets other clients have their turn: long work calls `pause` now and then, which waits only when it ran too long. */
export class Breather {
  private since = performance.now();

  constructor(private readonly limit?: TimeLimit) {}

  async pause(): Promise<void> {
    const now = performance.now();
    this.limit?.check(now);
    if (now - this.since < LONGEST_STRETCH_MS) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.since = performance.now();
  }
}

/** Items in portions, so that long results are passed on with pauses in between. */
export async function* inPortions<T>(items: readonly T[], size = 200): AsyncGenerator<T[], void> {
  const breather = new Breather();
  for (let i = 0; i < items.length; i += size) {
    yield items.slice(i, i + size);
    await breather.pause();
  }
}
