/** Where `now` comes from: the machine in production, a script in simulations and tests. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that stands still until it is told to move; it never goes back. */
export class VirtualClock implements Clock {
  #now: number;

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** @throws RangeError when `instant` lies before the clock's present. */
  moveTo(instant: Date): void {
    if (instant.getTime() < this.#now) throw new RangeError('a virtual clock cannot go back');
    this.#now = instant.getTime();
  }

  advance(milliseconds: number): void {
    this.moveTo(new Date(this.#now + milliseconds));
  }
}
