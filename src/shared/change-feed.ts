/** Something a screen may want to refresh. Carries identifiers only; the reader fetches what it may see. */
export interface Change {
  readonly topic:
    | ('ticket' | 'escalation' | 'appointment' | 'letter' | 'message')
    | ('mail' | 'staff' | 'settings' | 'channel');
  readonly id: string;
  /** Set for messages and tickets, so that one conversation can be followed. */
  readonly conversationId?: string;
  /** R-A8: who may hear of it where it is a complaint; the stream asks and leaves it out. */
  readonly complaint?: { readonly assigneeId: string | null; readonly concernsStaffId: string | null };
}

export interface NumberedChange extends Change {
  /** `<process epoch>-<counter>`; the next one is larger. */
  readonly cursor: string;
}

export interface ChangeFeed {
  publish(change: Change): void;
  /** Calls `listener` for each later change; returns the way to stop. */
  subscribe(listener: (change: NumberedChange) => void): () => void;
  /** Changes after `cursor`, or undefined when they are no longer known (older process, or too long ago). */
  since(cursor: string): readonly NumberedChange[] | undefined;
  /** Where a reader that starts now should start from. */
  readonly cursor: string;
}

/** How many changes are kept for screens that reconnect; one that was away longer reloads its page of data. */
const KEPT = 2_000;

/** An in-process feed. `epoch` tells one process's cursors from another's. */
export function createChangeFeed(epoch: string): ChangeFeed {
  const listeners = new Set<(change: NumberedChange) => void>();
  let kept: NumberedChange[] = [];
  let counter = 0;

  return {
    publish(change) {
      counter += 1;
      const numbered = { ...change, cursor: `${epoch}-${counter}` };
      kept.push(numbered);
      if (kept.length > 2 * KEPT) kept = kept.slice(-KEPT);
      for (const listener of listeners) listener(numbered);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since(cursor) {
      const [from, position] = [
        cursor.slice(0, cursor.lastIndexOf('-')),
        Number(cursor.slice(cursor.lastIndexOf('-') + 1)),
      ];
      if (from !== epoch || !Number.isSafeInteger(position) || position > counter) return undefined;
      const missed = counter - position;
      return missed > kept.length ? undefined : missed === 0 ? [] : kept.slice(-missed);
    },
    get cursor() {
      return `${epoch}-${counter}`;
    },
  };
}
