import { AsyncLocalStorage } from 'node:async_hooks';
import {
  DEFAULT_CONNECTION_CONFIG,
  type BinaryNode,
  type SignalKeyStoreWithTransaction,
  type SocketConfig,
} from '@whiskeysockets/baileys';
import type { TransactionLine } from './transaction-line.js';

type MakeRepository = SocketConfig['makeSignalRepository'];

/** Keeps one decrypted message; what it throws undoes the decryption. */
export type Keep = (stanza: BinaryNode, plain: Uint8Array) => Promise<void>;

/** Stanzas by their ciphertext, which is all that the decryption knows of them. */
export interface StanzaMemory {
  note(stanza: BinaryNode): void;
  find(ciphertext: Uint8Array): BinaryNode | undefined;
}

export function createStanzaMemory(): StanzaMemory {
  const stanzas = new WeakMap<Uint8Array, BinaryNode>();
  return {
    note(stanza) {
      if (!Array.isArray(stanza.content)) return;
      for (const { content } of stanza.content)
        if (content instanceof Uint8Array) stanzas.set(content, stanza);
    },
    find: (ciphertext) => stanzas.get(ciphertext),
  };
}

/**
 * The library tells WhatsApp that a message has arrived before it tells us, and a message whose keys are used up cannot
 * be decrypted again. So a message is kept inside the transaction that uses up its keys: before it is in the journal
 * neither the session has moved on nor has WhatsApp been told.
 *
 * The library finds its transaction by the asynchronous context. What keeping sets off, down to the answer, would inherit
 * that of a transaction long over and leave its keys there; so it runs in the context outside.
 */
export function journalledRepository(
  memory: StanzaMemory,
  keep: Keep,
  transactions: TransactionLine,
): MakeRepository {
  return (auth, logger, pnToLid) => {
    const repository = DEFAULT_CONNECTION_CONFIG.makeSignalRepository(auth, logger, pnToLid);
    const keys = auth.keys as SignalKeyStoreWithTransaction;
    transactions.guard(keys);
    const outside = AsyncLocalStorage.snapshot();
    return {
      ...repository,
      decryptMessage: (options) =>
        keys.transaction(async () => {
          const plain = await repository.decryptMessage(options);
          const stanza = memory.find(options.ciphertext);
          if (stanza) await outside(keep, stanza, plain);
          return plain;
        }, options.jid),
    };
  };
}
