import { forgetOldest } from '../forget-oldest.js';

/** What is remembered as dealt with. */
const MOST_REMEMBERED = 1_000;

/** Things that are done once for a key, as long as the process lives. */
export interface Once {
  has: (key: string) => boolean;
  run: (key: string, task: () => void) => void;
}

export function createOnce(): Once {
  const done = new Set<string>();
  return {
    has: (key) => done.has(key),
    run: (key, task) => {
      if (done.has(key)) return;
      done.add(key);
      forgetOldest(done, MOST_REMEMBERED);
      task();
    },
  };
}
