import type { VirtualClock } from '../../src/shared/clock.js';

/** Timers on a virtual clock: what was to happen later happens when the test lets the time pass. */
export class ManualTimers {
  readonly #timers = new Set<{ due: number; act: () => void }>();

  /** @param impatience waits of at most so many milliseconds are over at once; the clock moves on by them */
  constructor(
    readonly clock: VirtualClock,
    public impatience = 0,
  ) {}

  after = (milliseconds: number, act: () => void): (() => void) => {
    const timer = { due: this.clock.now().getTime() + milliseconds, act };
    this.#timers.add(timer);
    if (milliseconds <= this.impatience)
      setImmediate(() => {
        if (this.#timers.has(timer)) this.#runUntil(timer.due);
      });
    return () => {
      this.#timers.delete(timer);
    };
  };

  advance(milliseconds: number): void {
    this.#runUntil(this.clock.now().getTime() + milliseconds);
  }

  /** Milliseconds until each timer. */
  get waits(): number[] {
    const now = this.clock.now().getTime();
    return [...this.#timers].map(({ due }) => due - now).sort((a, b) => a - b);
  }

  #runUntil(end: number): void {
    for (;;) {
      const next = [...this.#timers].sort((a, b) => a.due - b.due)[0];
      if (!next || next.due > end) break;
      this.#timers.delete(next);
      if (next.due > this.clock.now().getTime()) this.clock.moveTo(new Date(next.due));
      next.act();
    }
    if (end > this.clock.now().getTime()) this.clock.moveTo(new Date(end));
  }
}
