const LONGEST_STRETCH_MS = 4;

/** Lets other clients have their turn: long work calls `pause` now and then, which waits only when it ran too long. */
export class Breather {
  private since = performance.now();

  async pause(): Promise<void> {
    if (performance.now() - this.since < LONGEST_STRETCH_MS) return;
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
