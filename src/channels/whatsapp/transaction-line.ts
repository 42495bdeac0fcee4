import type { SignalKeyStoreWithTransaction } from '@whiskeysockets/baileys';
import type { Timers } from './timers.js';

/** The transactions on the keys of one connection. */
export interface TransactionLine {
  guard(keys: SignalKeyStoreWithTransaction): void;
  /** No new one begins; those under way end as they would have. */
  close(): void;
  /** Resolves when none is under way, or when waiting for the last is hopeless. */
  idle(): Promise<void>;
}

/** A transaction may look up devices on its way; one that takes longer will not end, and holds up everything. */
const LONGEST = 45_000;

/** What a connection that has ended still does is waited for so long. */
const PATIENCE = 6_000;

/**
 * Names of transactions that touch no session. They must not wait: the library looks a LID up once for all who ask, and
 * one who asks may have the line.
 */
const APART: ReadonlySet<string> = new Set(['lid-mapping']);

/**
 * The library lets an outgoing message and an incoming one of the same session run side by side, and whichever ends last
 * undoes the step of the other; phones then cannot read what follows. So they run one at a time, and what a connection
 * still had before it when it ended does not begin: it would undo what the next connection does.
 */
/** @param stuck a transaction does not end; the connection has to */
export function createTransactionLine(timers: Timers, stuck: () => void): TransactionLine {
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  return {
    guard(keys) {
      const transaction = keys.transaction.bind(keys);
      keys.transaction = (work, key) => {
        if (keys.isInTransaction() || APART.has(key)) return transaction(work, key);
        const begin = (): ReturnType<typeof work> => {
          if (closed) return Promise.reject(new Error('the connection has ended'));
          const callOff = timers.after(LONGEST, stuck);
          return transaction(work, 'all').finally(callOff);
        };
        const done = last.then(begin, begin);
        last = done.catch(ignore);
        return done;
      };
    },
    close() {
      closed = true;
    },
    async idle() {
      const quiet = async (): Promise<void> => {
        for (let seen; seen !== last;) {
          seen = last;
          await seen;
        }
      };
      await new Promise<void>((resolve) => {
        const callOff = timers.after(PATIENCE, resolve);
        void quiet().then(() => {
          callOff();
          resolve();
        });
      });
    },
  };
}

function ignore(): void {
  // Whoever began the transaction hears of it.
}
