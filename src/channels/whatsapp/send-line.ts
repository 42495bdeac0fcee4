import type { Random } from '../../shared/ids.js';
import type { Clock } from '../../shared/clock.js';
import { wait, type Timers } from './timers.js';

/** The one line of a number: messages leave one after the other, with pauses like a person's. */
export interface SendLine {
  /** Milliseconds until a message that queues now would leave, about. */
  expectedWait(): number;
  /** Resolves when it is the caller's turn to send. */
  turn(): Promise<void>;
  /** Nothing leaves for so many milliseconds. */
  pause(milliseconds: number): void;
}

const SHORTEST_GAP = 1_000;
const LONGEST_GAP = 3_000;

export function createSendLine(clock: Clock, timers: Timers, random: Random): SendLine {
  let last: Promise<void> = Promise.resolve();
  let queued = 0;
  let freeAt = 0;
  const untilFree = (): number => Math.max(0, freeAt - clock.now().getTime());
  return {
    expectedWait: () => untilFree() + (queued * (SHORTEST_GAP + LONGEST_GAP)) / 2,
    turn() {
      queued += 1;
      last = last.then(async () => {
        for (let left = untilFree(); left > 0; left = untilFree()) await wait(timers, left);
        freeAt = clock.now().getTime() + Math.round(SHORTEST_GAP + random() * (LONGEST_GAP - SHORTEST_GAP));
        queued -= 1;
      });
      return last;
    },
    pause(milliseconds) {
      freeAt = Math.max(freeAt, clock.now().getTime() + milliseconds);
    },
  };
}
