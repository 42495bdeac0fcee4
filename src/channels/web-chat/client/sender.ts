import type { Outbox, QueuedMessage } from './outbox.js';

export type PostResult =
  | { kind: 'accepted'; messageId: string }
  /** The server will never take it. */
  | { kind: 'refused'; message: string }
  /** Try again, at the earliest after this many milliseconds. */
  | { kind: 'later'; afterMs?: number; message?: string };

export interface SenderOptions {
  outbox: Outbox;
  post: (message: QueuedMessage) => Promise<PostResult>;
  accepted: (message: QueuedMessage, messageId: string) => void;
  changed: (notice: string | undefined) => void;
  schedule: (run: () => void, milliseconds: number) => void;
}

export interface Sender {
  /** Sends what is waiting, oldest first, one at a time; a message passes only when the one before it was answered. */
  kick(): void;
}

const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

export function createSender({ outbox, post, accepted, changed, schedule }: SenderOptions): Sender {
  let running = false;
  let wait = FIRST_WAIT;
  let waiting = 0;

  const next = (): QueuedMessage | undefined =>
    outbox.list().find((message) => message.refused === undefined);

  async function run(): Promise<void> {
    running = true;
    waiting += 1;
    for (let message = next(); message; message = next()) {
      const result = await post(message);
      if (result.kind === 'later') {
        pause(result);
        break;
      }
      wait = FIRST_WAIT;
      if (result.kind === 'accepted') {
        outbox.remove(message.id);
        accepted(message, result.messageId);
      } else outbox.put({ ...message, refused: result.message });
      changed(undefined);
    }
    running = false;
  }

  function pause(result: Extract<PostResult, { kind: 'later' }>): void {
    const delay = Math.max(wait, result.afterMs ?? 0);
    wait = Math.min(wait * 2, LONGEST_WAIT);
    waiting += 1;
    const mine = waiting;
    // A kick in between has made this wait needless.
    schedule(() => {
      if (mine === waiting && !running) void run();
    }, delay);
    changed(result.message);
  }

  return {
    kick() {
      if (!running) void run();
    },
  };
}
