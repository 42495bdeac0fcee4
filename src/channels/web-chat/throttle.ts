import type { Clock } from '../../shared/clock.js';

export interface Throttle {
  /** Counts one event; returns undefined when it is allowed, else the whole seconds to wait. */
  take(key: string): number | undefined;
}

/** At most `limit` events per key in any `windowMs` milliseconds. */
export function createThrottle(clock: Clock, limit: number, windowMs: number): Throttle {
  const times = new Map<string, number[]>();
  let sweptAt = 0;

  return {
    take(key) {
      const now = clock.now().getTime();
      if (now - sweptAt > windowMs) {
        for (const [other, list] of times) if ((list.at(-1) ?? 0) <= now - windowMs) times.delete(other);
        sweptAt = now;
      }
      const recent = (times.get(key) ?? []).filter((time) => time > now - windowMs);
      times.set(key, recent);
      const oldest = recent[0];
      if (recent.length >= limit && oldest !== undefined)
        return Math.max(1, Math.ceil((oldest + windowMs - now) / 1000));
      recent.push(now);
      return undefined;
    },
  };
}
