import { ApiError, request } from '../api/request.js';
import type { FileRef, Message } from '../api/types.js';
import { readLocalJson, writeLocal } from './local-storage.js';
import { currentTime } from './now.js';
import { createStore } from './store.js';

/** A message on its way from this page to the server. Its clientId makes sending it again harmless. */
export interface Pending {
  clientId: string;
  number: string;
  kind: 'reply' | 'note';
  text: string;
  files: FileRef[];
  /** The user has to answer; false for notes. */
  awaitsAnswer: boolean;
  /** ISO. */
  at: string;
  state: 'sending' | 'failed';
  error: string | null;
}

const KEY = 'outbox';

/** Unsent messages of all tickets, oldest first. Kept over reloads: what was typed is never lost. */
export const outbox = createStore<readonly Pending[]>(restore());
outbox.subscribe(() => {
  const items = outbox.get();
  writeLocal(KEY, items.length === 0 ? null : JSON.stringify(items));
});

type Sent = (pending: Pending, messages: Message[]) => void;

/** Shows the message at once and sends it; `onSent` gets what the server made of it. */
export async function send(
  message: Omit<Pending, 'clientId' | 'at' | 'state' | 'error'>,
  onSent: Sent,
): Promise<void> {
  const pending: Pending = {
    ...message,
    clientId: crypto.randomUUID(),
    at: currentTime().toISOString(),
    state: 'sending',
    error: null,
  };
  outbox.set((items) => [...items, pending]);
  await attempt(pending, onSent);
}

/** Sends a failed message once more under the same clientId. */
export async function resend(clientId: string, onSent: Sent): Promise<void> {
  const pending = outbox.get().find((item) => item.clientId === clientId);
  if (pending?.state !== 'failed') return;
  change(clientId, { state: 'sending', error: null });
  await attempt(pending, onSent);
}

export function discard(clientId: string): void {
  outbox.set((items) => items.filter((item) => item.clientId !== clientId));
}

async function attempt(pending: Pending, onSent: Sent): Promise<void> {
  try {
    const messages = await post(pending);
    discard(pending.clientId);
    onSent(pending, messages);
  } catch (error) {
    const reason = error instanceof ApiError ? error.message : String(error);
    change(pending.clientId, { state: 'failed', error: reason });
  }
}

async function post({ number, kind, clientId, text, files, awaitsAnswer }: Pending): Promise<Message[]> {
  const path = `/tickets/${encodeURIComponent(number)}`;
  if (kind === 'note') {
    return [await request<Message>(`${path}/notes`, { method: 'POST', body: { clientId, text } })];
  }
  const body = {
    clientId,
    ...(text === '' ? {} : { text }),
    ...(files.length === 0 ? {} : { fileIds: files.map(({ fileId }) => fileId) }),
    ...(awaitsAnswer ? { awaitsAnswer } : {}),
  };
  return (await request<{ items: Message[] }>(`${path}/reply`, { method: 'POST', body })).items;
}

function change(clientId: string, next: Partial<Pending>): void {
  outbox.set((items) => items.map((item) => (item.clientId === clientId ? { ...item, ...next } : item)));
}

/** A page that was closed while sending does not know the outcome: it offers to send again. */
function restore(): Pending[] {
  const kept = readLocalJson(KEY);
  return Array.isArray(kept) ? (kept as Pending[]).map((item) => ({ ...item, state: 'failed' })) : [];
}
