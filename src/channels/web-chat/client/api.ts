import type { WireAccepted, WireError, WirePage, WireSession } from '../wire.js';
import { now } from './now.js';
import type { QueuedMessage } from './outbox.js';
import type { PostResult } from './sender.js';

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly retryAfterMs?: number,
  ) {
    super(message);
  }
}

export function openSession(): Promise<WireSession> {
  return call<WireSession>('POST', 'session', {});
}

/** The browser forgets who it was; the conversation stays with the office. */
export function deleteSession(): Promise<void> {
  return call('DELETE', 'session');
}

export function fetchLines(cursor: { before?: string; after?: string }, limit = 30): Promise<WirePage> {
  const query = Object.entries({ ...cursor, limit })
    .map(([key, value]) => `${key}=${encodeURIComponent(value)}`)
    .join('&');
  return call<WirePage>('GET', `messages?${query}`);
}

export function postReceipt(upTo: string, state: 'delivered' | 'read'): Promise<void> {
  return call('POST', 'receipts', { upTo, state });
}

export async function postMessage({ id, body, at }: QueuedMessage): Promise<PostResult> {
  try {
    const answer = await call<WireAccepted>('POST', 'messages', {
      id,
      ...body,
      waitedMs: Math.max(0, now() - at),
    });
    return { kind: 'accepted', messageId: answer.id };
  } catch (error) {
    return outcomeOf(error);
  }
}

/** What a failed request means for the message: refused for good, or later. A lost session is opened anew. */
export async function outcomeOf(error: unknown): Promise<PostResult> {
  if (!(error instanceof ApiError)) return { kind: 'later' };
  if (error.status === 401) {
    await openSession().catch(() => undefined);
    return { kind: 'later' };
  }
  if (error.status === 429 || error.status >= 500)
    return {
      kind: 'later',
      message: error.message,
      ...(error.retryAfterMs === undefined ? {} : { afterMs: error.retryAfterMs }),
    };
  return { kind: 'refused', message: error.message };
}

/** A request that hangs for this long counts as failed, so that it cannot hold up what waits behind it. */
const TIMEOUT_MS = 30_000;

export const HEADERS = { 'x-requested-with': 'dering' };

export function pageLanguage(): string {
  return document.documentElement.lang;
}

export function fileUrl(fileId: string): string {
  return `/api/chat/files/${encodeURIComponent(fileId)}`;
}

async function call<Answer>(method: string, path: string, body?: object): Promise<Answer> {
  const limit = new AbortController();
  const timer = window.setTimeout(() => limit.abort(), TIMEOUT_MS);
  try {
    return await exchange<Answer>(method, path, body, limit.signal);
  } finally {
    window.clearTimeout(timer);
  }
}

async function exchange<Answer>(
  method: string,
  path: string,
  body: object | undefined,
  signal: AbortSignal,
): Promise<Answer> {
  const response = await fetch(`/api/chat/${path}`, {
    method,
    signal,
    credentials: 'same-origin',
    headers: {
      ...HEADERS,
      'accept-language': pageLanguage(),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  const text = await response.text();
  if (!response.ok) throw toApiError(response.status, text);
  return (text === '' ? undefined : JSON.parse(text)) as Answer;
}

/** A proxy in between may answer with something that is not ours. */
export function toApiError(status: number, text: string): ApiError {
  try {
    const { error } = JSON.parse(text) as WireError;
    const wait = error.retryAfterSeconds;
    return new ApiError(status, error.code, error.message, wait === undefined ? undefined : wait * 1000);
  } catch {
    return new ApiError(status, 'unknown', '');
  }
}
