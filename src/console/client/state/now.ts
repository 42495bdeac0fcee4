import { useSyncExternalStore } from 'react';

/** The one place where the page asks the computer for the time. */
export function currentTime(): Date {
  return new Date();
}

let now = currentTime();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, 20_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function tick(): void {
  now = currentTime();
  for (const listener of listeners) listener();
}

/** The present time, for "5 menit lalu"; moves every 20 seconds for the whole page at once. */
export function useNow(): Date {
  return useSyncExternalStore(subscribe, () => now);
}
