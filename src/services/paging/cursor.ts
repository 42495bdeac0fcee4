import { DomainError } from '../../shared/errors.js';

/** Where a page ended: the sort value of its last line (absent when sorted by id alone) and its id. */
export interface Cursor {
  at?: Date;
  id: string;
}

export interface Page<T> {
  items: T[];
  /** Opaque; null at the end. */
  next: string | null;
}

function encodeCursor({ at, id }: Cursor): string {
  return Buffer.from(JSON.stringify(at ? [id, at.getTime()] : [id])).toString('base64url');
}

/** @throws DomainError invalid-input for anything `encodeCursor` did not make */
export function decodeCursor(text: string, { dated }: { dated: boolean }): Cursor {
  const parts = parse(text);
  const [id, at] = Array.isArray(parts) ? (parts as unknown[]) : [];
  if (typeof id === 'string' && !dated && at === undefined) return { id };
  if (typeof id === 'string' && dated && Number.isSafeInteger(at)) return { id, at: new Date(at as number) };
  throw new DomainError('invalid-input', { field: 'cursor' });
}

/** `found` holds one more than `limit` when there is a next page. */
export function pageOf<T>(found: readonly T[], limit: number, cursorOf: (last: T) => Cursor): Page<T> {
  const items = found.slice(0, limit);
  const last = items.at(-1);
  return { items, next: found.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
