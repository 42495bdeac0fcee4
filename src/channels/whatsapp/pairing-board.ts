import type { PairingState } from '../../conversation/pairing.js';

/** The state, and whoever wants to hear of it. */
export interface PairingBoard {
  read(): PairingState;
  write(state: PairingState): void;
  onChange(listener: () => void): () => void;
}

export function createPairingBoard(): PairingBoard {
  const listeners = new Set<() => void>();
  let state: PairingState = { phase: 'unpaired' };
  return {
    read: () => state,
    write(next) {
      state = next;
      for (const listener of listeners) listener();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
