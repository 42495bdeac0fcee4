import type { SignalKeyStoreWithTransaction } from '@whiskeysockets/baileys';

/** The transactions on the keys of one connection. */
export interface TransactionLine {
  guard(keys: SignalKeyStoreWithTransaction): void;
  /** No new one begins; those under way end as they would have. */
  close(): void;
  /** Resolves when none is under way. */
  idle(): Promise<void>;
}

/**
 * The library lets an outgoing message and an incoming one of the same session run side by side, and whichever ends last
 * undoes the step of the other; phones then cannot read what follows. So they run one at a time, and what a connection
 * still had before it when it ended does not begin: it would undo what the next connection does.
 */
export function createTransactionLine(): TransactionLine {
  let closed = false;
  let last: Promise<unknown> = Promise.resolve();
  return {
    guard(keys) {
      const transaction = keys.transaction.bind(keys);
      keys.transaction = (work, key) => {
        if (keys.isInTransaction()) return transaction(work, key);
        const begin = (): ReturnType<typeof work> =>
          closed ? Promise.reject(new Error('the connection has ended')) : transaction(work, 'all');
        const done = last.then(begin, begin);
        last = done.catch(ignore);
        return done;
      };
    },
    close() {
      closed = true;
    },
    async idle() {
      for (let seen; seen !== last;) {
        seen = last;
        await seen;
      }
    },
  };
}

function ignore(): void {
  // Whoever began the transaction hears of it.
}
