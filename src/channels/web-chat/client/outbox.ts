export type QueuedBody = { text: string } | { choice: string; text: string } | { tooLargeFile: string };

/** A message that the server has not yet confirmed. */
export interface QueuedMessage {
  id: string;
  body: QueuedBody;
  /** Milliseconds; keeps the order. */
  at: number;
  /** Why the server will never take it; the text stays so that the visitor can change it. */
  refused?: string;
}

export interface OutboxStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export interface Outbox {
  /** Oldest first. */
  list(): QueuedMessage[];
  put(message: QueuedMessage): void;
  remove(id: string): void;
}

export const OUTBOX_PREFIX = 'dering.outbox.';

/** Unsent messages under one key each, so that two tabs never overwrite one another. */
export function createOutbox(storage: OutboxStorage | undefined): Outbox {
  // A browser may forbid storage, or it is full: then messages live as long as the page.
  const memory = new Map<string, QueuedMessage>();

  return {
    list() {
      const messages = new Map(memory);
      for (const message of stored(storage)) messages.set(message.id, message);
      return [...messages.values()].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
    },
    put(message) {
      try {
        if (!storage) throw new Error('no storage');
        storage.setItem(OUTBOX_PREFIX + message.id, JSON.stringify(message));
        memory.delete(message.id);
      } catch {
        memory.set(message.id, message);
      }
    },
    remove(id) {
      memory.delete(id);
      storage?.removeItem(OUTBOX_PREFIX + id);
    },
  };
}

function stored(storage: OutboxStorage | undefined): QueuedMessage[] {
  const messages: QueuedMessage[] = [];
  for (let index = 0; index < (storage?.length ?? 0); index += 1) {
    const key = storage?.key(index);
    if (!key?.startsWith(OUTBOX_PREFIX)) continue;
    const message = read(storage?.getItem(key));
    if (message) messages.push(message);
  }
  return messages;
}

function read(text: string | null | undefined): QueuedMessage | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '');
    return isQueued(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isQueued(value: unknown): value is QueuedMessage {
  return (
    typeof value === 'object' &&
    value !== null &&
    'id' in value &&
    typeof value.id === 'string' &&
    'at' in value &&
    typeof value.at === 'number' &&
    'body' in value &&
    typeof value.body === 'object' &&
    value.body !== null
  );
}
