import type { Timers } from './timers.js';

/** What is to happen later, each under a name; the same name again takes the place of the one before. */
export interface Waits {
  later(name: string, milliseconds: number, act: () => void): void;
  callOff(name: string): void;
  callOffAll(): void;
}

export function createWaits(timers: Timers): Waits {
  const waits = new Map<string, () => void>();
  const callOff = (name: string): void => {
    waits.get(name)?.();
    waits.delete(name);
  };
  return {
    later(name, milliseconds, act) {
      callOff(name);
      const stop = timers.after(milliseconds, () => {
        waits.delete(name);
        act();
      });
      waits.set(name, stop);
    },
    callOff,
    callOffAll() {
      for (const name of [...waits.keys()]) callOff(name);
    },
  };
}
