import type { WireLine } from '../wire.js';
import { postReceipt } from './api.js';
import { keep, localStore } from './browser.js';
import { messageIdOf } from './lines.js';

const MARK = 'dering.read';
const TOGETHER_MS = 300;
const AGAIN_MS = 5_000;

/** The newest message shown on this device. */
export function readMark(): string | undefined {
  return localStore()?.getItem(MARK) ?? undefined;
}

export function forgetMark(): void {
  localStore()?.removeItem(MARK);
}

export interface Receipts {
  /** Tells the server how far the page has received, and, while it is in front, shown. */
  note(lines: readonly WireLine[]): void;
}

export function createReceipts(): Receipts {
  const told = { delivered: '', read: '' };
  let newest = '';
  let timer: number | undefined;

  async function tell(): Promise<void> {
    timer = undefined;
    const state = document.visibilityState === 'visible' ? 'read' : 'delivered';
    if (newest <= told[state] || newest <= told.read) return;
    if (state === 'read') keep(localStore(), MARK, newest);
    const upTo = newest;
    try {
      await postReceipt(upTo, state);
      told[state] = upTo;
    } catch {
      later(AGAIN_MS);
    }
  }

  function later(milliseconds: number): void {
    timer ??= window.setTimeout(() => void tell(), milliseconds);
  }

  return {
    note(lines) {
      for (const line of lines)
        if (line.direction === 'out' && messageIdOf(line) > newest) newest = messageIdOf(line);
      if (newest !== '') later(TOGETHER_MS);
    },
  };
}
