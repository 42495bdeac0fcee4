import type { WireLine, WireSession } from '../wire.js';
import { ApiError, fetchLines, openSession, outcomeOf, postMessage } from './api.js';
import { applyState, messageIdOf, upsertLines } from './lines.js';
import { followLive, type Live } from './live.js';
import { reloadWhenEnded } from './end-here.js';
import { now } from './now.js';
import { createOutbox, OUTBOX_PREFIX, type QueuedBody, type QueuedMessage } from './outbox.js';
import { createReceipts, readMark } from './receipts.js';
import { createSender } from './sender.js';
import { localStore, newClientId } from './browser.js';
import { uploadFile, type RunningUpload } from './upload.js';

export interface Upload {
  id: string;
  file: File;
  state: 'uploading' | 'interrupted' | 'refused' | 'done';
  /** 0 to 1. */
  progress: number;
  error?: string;
  messageId?: string;
}

export interface Outgoing extends QueuedMessage {
  /** Set once the server has it and until its line arrives. */
  messageId?: string;
}

export interface ChatState {
  phase: 'opening' | 'open' | 'no-cookies';
  session: WireSession | undefined;
  lines: WireLine[];
  /** Where older lines start; null when the beginning is on the page. */
  older: string | null;
  loadingOlder: boolean;
  outgoing: Outgoing[];
  uploads: Upload[];
  connected: boolean;
  /** Why sending has to wait. */
  notice: string | undefined;
  /** The first line that is new since the last visit. */
  newFrom: string | undefined;
}

export interface ChatStore {
  state(): ChatState;
  subscribe(listener: () => void): () => void;
  send(body: QueuedBody): void;
  /** Takes a refused message back out, e.g. to change it. */
  discard(id: string): void;
  attach(files: Iterable<File>): void;
  retryUpload(id: string): void;
  cancelUpload(id: string): void;
  loadOlder(): Promise<void>;
}

const MAX_WAIT = 30_000;

/** Everything the page knows, without a line of markup. */
export function createChatStore(): ChatStore {
  let state: ChatState = {
    phase: 'opening',
    session: undefined,
    lines: [],
    older: null,
    loadingOlder: false,
    outgoing: [],
    uploads: [],
    connected: true,
    notice: undefined,
    newFrom: undefined,
  };
  const listeners = new Set<() => void>();
  const outbox = createOutbox(localStore());
  const receipts = createReceipts();
  const running = new Map<string, RunningUpload>();
  /** Confirmed messages whose line has not arrived yet. */
  let confirmed: Outgoing[] = [];
  let live: Live | undefined;

  const sender = createSender({
    outbox,
    post: postMessage,
    accepted(message, messageId) {
      confirmed = [...confirmed, { ...message, messageId }];
    },
    changed: (notice) => showOutgoing({ notice }),
    schedule: (run, milliseconds) => void window.setTimeout(run, milliseconds),
  });

  set({ outgoing: outbox.list() });
  watchBrowser();
  reloadWhenEnded();
  void open(1_000);

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    send: (body) => send(newClientId(), body),
    discard(id) {
      outbox.remove(id);
      showOutgoing();
    },
    attach: (files) => [...files].forEach(attachOne),
    retryUpload(id) {
      const upload = state.uploads.find((one) => one.id === id);
      if (upload) void startUpload(upload);
    },
    cancelUpload(id) {
      running.get(id)?.abort();
      set({ uploads: state.uploads.filter((upload) => upload.id !== id) });
    },
    loadOlder,
  };

  function set(change: Partial<ChatState>): void {
    state = { ...state, ...change };
    listeners.forEach((listener) => listener());
  }

  async function open(wait: number): Promise<void> {
    try {
      const session = await openSession();
      const page = await fetchLines({});
      receiveLines(page.items);
      set({ phase: 'open', session, older: page.next, connected: true, newFrom: firstNew(page.items) });
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) set({ phase: 'no-cookies' });
      else set({ connected: false });
      window.setTimeout(() => void open(Math.min(wait * 2, MAX_WAIT)), wait);
      return;
    }
    live = followLive({
      lastId: () => {
        const last = state.lines[state.lines.length - 1];
        return last && messageIdOf(last);
      },
      lines: receiveLines,
      state: (change) => set({ lines: applyState(state.lines, change) }),
      connected(connected) {
        if (connected === state.connected) return;
        set({ connected });
        if (connected) resume();
      },
    });
    sender.kick();
  }

  function receiveLines(incoming: WireLine[]): void {
    set({ lines: upsertLines(state.lines, incoming) });
    showOutgoing();
    receipts.note(state.lines);
  }

  /** A line may arrive before the answer that confirms it, or instead of it. */
  function showOutgoing(change: Partial<ChatState> = {}): void {
    const arrived = (item: { id: string; messageId?: string }): boolean =>
      state.lines.some((line) => line.clientId === item.id || messageIdOf(line) === item.messageId);
    confirmed = confirmed.filter((message) => !arrived(message));
    for (const message of outbox.list()) if (arrived(message)) outbox.remove(message.id);
    const waiting: Outgoing[] = outbox.list();
    set({
      ...change,
      outgoing: [...confirmed, ...waiting].sort((one, other) => one.at - other.at),
      uploads: state.uploads.filter((upload) => upload.state === 'uploading' || !arrived(upload)),
    });
  }

  /** The connection is back: said by the stream, or by the browser long before a silent stream tells. */
  function resume(): void {
    sender.kick();
    for (const upload of state.uploads) if (upload.state === 'interrupted') void startUpload(upload);
  }

  function send(id: string, body: QueuedBody): void {
    outbox.put({ id, body, at: Math.max(now(), lastQueuedAt() + 1) });
    showOutgoing();
    if (state.phase === 'open') sender.kick();
  }

  function lastQueuedAt(): number {
    return state.outgoing.reduce((latest, message) => Math.max(latest, message.at), 0);
  }

  function attachOne(file: File): void {
    const upload: Upload = { id: newClientId(), file, state: 'uploading', progress: 0 };
    set({ uploads: [...state.uploads, upload] });
    const limit = state.session?.maxFileBytes;
    if (limit === undefined || file.size <= limit) {
      void startUpload(upload);
      return;
    }
    changeUpload(upload.id, { state: 'refused', error: 'file-too-large' });
    send(upload.id, { tooLargeFile: file.name });
  }

  async function startUpload({ id, file }: Upload): Promise<void> {
    changeUpload(id, { state: 'uploading', progress: 0 });
    const upload = uploadFile(id, file, (progress) => changeUpload(id, { progress }));
    running.set(id, upload);
    try {
      const { id: messageId } = await upload.done;
      changeUpload(id, { state: 'done', progress: 1, messageId });
      showOutgoing();
    } catch (error) {
      const outcome = await outcomeOf(error);
      if (outcome.kind === 'refused') changeUpload(id, { state: 'refused', error: outcome.message });
      else changeUpload(id, { state: 'interrupted' });
      showOutgoing();
    } finally {
      running.delete(id);
    }
  }

  function changeUpload(id: string, change: Partial<Upload>): void {
    set({ uploads: state.uploads.map((upload) => (upload.id === id ? { ...upload, ...change } : upload)) });
  }

  async function loadOlder(): Promise<void> {
    if (state.older === null || state.loadingOlder) return;
    set({ loadingOlder: true });
    try {
      const page = await fetchLines({ before: state.older });
      set({ lines: upsertLines(page.items, state.lines), older: page.next });
    } catch {
      // The button stays; the banner says that the connection is lost.
    } finally {
      set({ loadingOlder: false });
    }
  }

  function watchBrowser(): void {
    window.addEventListener('online', () => {
      live?.check();
      resume();
    });
    window.addEventListener('offline', () => set({ connected: false }));
    window.addEventListener('storage', (event) => {
      if (event.key?.startsWith(OUTBOX_PREFIX)) showOutgoing();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState !== 'visible') return;
      live?.check();
      receipts.note(state.lines);
    });
    window.addEventListener('beforeunload', (event) => {
      const unsent = ({ state }: Upload): boolean => state === 'uploading' || state === 'interrupted';
      if (state.uploads.some(unsent)) event.preventDefault();
    });
  }
}

function firstNew(lines: readonly WireLine[]): string | undefined {
  const mark = readMark();
  return mark === undefined
    ? undefined
    : lines.find((line) => line.direction === 'out' && messageIdOf(line) > mark)?.id;
}
