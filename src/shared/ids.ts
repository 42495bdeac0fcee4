import { randomBytes, randomFillSync } from 'node:crypto';
import { monotonicFactory } from 'ulid';
import type { Clock } from './clock.js';

/** Makes the next identifier: a ULID, so identifiers sort in the order they were made, in one process. */
export type NewId = () => string;

/** Chance in [0, 1). */
export type Random = () => number;

/** Drawn from the operating system this many at a time: an identifier takes sixteen, and each draw is a system call. */
const POOL = new Uint32Array(256);
let drawn = POOL.length;

/** Unpredictable chance from the operating system. */
export const systemRandom: Random = () => {
  if (drawn === POOL.length) {
    randomFillSync(POOL);
    drawn = 0;
  }
  return (POOL[drawn++] ?? 0) / 2 ** 32;
};

/** Reproducible chance for simulations (mulberry32). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function createIdGenerator(clock: Clock, random: Random): NewId {
  const next = monotonicFactory(random);
  return () => next(clock.now().getTime());
}

/** 256 unpredictable bits for links and cookies, URL-safe. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}
