import type { WireLine, WireStateChange } from '../wire.js';
import { fetchLines } from './api.js';
import { now } from './now.js';

export interface LiveOptions {
  /** The newest message the page has. */
  lastId: () => string | undefined;
  lines: (lines: WireLine[]) => void;
  state: (change: WireStateChange) => void;
  connected: (connected: boolean) => void;
}

export interface Live {
  /** Looks whether the connection is alive, e.g. when the page comes back to the front. */
  check(): void;
}

/** The server speaks every 20 s; a line that is silent for this long is dead. */
const SILENCE_MS = 50_000;
const POLL_MS = 10_000;

/**
 * Follows the conversation. The browser itself returns after a break, with the id of the last event. Where a stream
 * is refused (too many tabs) or broken by a proxy, the page asks every ten seconds instead.
 */
export function followLive({ lastId, lines, state, connected }: LiveOptions): Live {
  let source: EventSource | undefined;
  let heardAt = 0;
  let pollTimer: number | undefined;

  const heard = (): void => {
    heardAt = now();
    connected(true);
  };

  function connect(): void {
    source?.close();
    window.clearTimeout(pollTimer);
    heardAt = now();
    const after = lastId();
    const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
    const opened = new EventSource(`/api/chat/events${query}`);
    source = opened;
    opened.addEventListener('open', heard);
    opened.addEventListener('ping', heard);
    opened.addEventListener('message', (event: MessageEvent<string>) => {
      heard();
      lines([JSON.parse(event.data) as WireLine]);
    });
    opened.addEventListener('state', (event) => {
      heard();
      state(JSON.parse((event as MessageEvent<string>).data) as WireStateChange);
    });
    opened.addEventListener('error', () => {
      if (opened.readyState !== EventSource.CLOSED) connected(false);
      else if (source === opened) void poll();
    });
  }

  async function poll(): Promise<void> {
    const after = lastId();
    try {
      const page = await fetchLines(after === undefined ? {} : { after }, 100);
      lines(page.items);
      connected(true);
    } catch {
      connected(false);
    }
    pollTimer = window.setTimeout(connect, POLL_MS);
  }

  function check(): void {
    if (now() - heardAt > SILENCE_MS) connect();
  }

  connect();
  window.setInterval(check, 10_000);
  return { check };
}
