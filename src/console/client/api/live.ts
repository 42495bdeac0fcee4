import { createStore } from '../state/store.js';
import type { Change } from './types.js';

export type LiveState = 'connecting' | 'open' | 'lost';

/** Whether the page hears of changes as they happen. */
export const liveState = createStore<LiveState>('connecting');

export interface LiveHandlers {
  onChange: (change: Change) => void;
  /** The server cannot tell what was missed: everything has to be fetched again. */
  onReset: () => void;
  /** The server answered, but not with a stream: perhaps the session is over. */
  onRefused: () => void;
  /** The stream stands again after a break. */
  onReopen: () => void;
}

const URL_EVENTS = '/api/v1/events';
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 30_000;

/**
 * Follows the server's changes. EventSource reconnects by itself after a broken line and sends Last-Event-ID;
 * after an HTTP error it gives up, so this asks again with `after`, waiting longer each time.
 * @returns the way to stop
 */
export function followChanges({ onChange, onReset, onRefused, onReopen }: LiveHandlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT;
  let last: string | null = null;
  let broken = false;

  const open = (): void => {
    source = new EventSource(last === null ? URL_EVENTS : `${URL_EVENTS}?after=${encodeURIComponent(last)}`);
    source.onopen = () => {
      wait = FIRST_WAIT;
      liveState.set('open');
      if (broken) onReopen();
      broken = false;
    };
    source.onerror = () => {
      broken = true;
      liveState.set('lost');
      if (source?.readyState !== EventSource.CLOSED) return;
      onRefused();
      clearTimeout(timer);
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT);
    };
    source.addEventListener('change', (event: MessageEvent<string>) => {
      last = event.lastEventId || last;
      onChange(JSON.parse(event.data) as Change);
    });
    source.addEventListener('reset', (event: MessageEvent<string>) => {
      last = event.lastEventId || null;
      onReset();
    });
  };

  const retryNow = (): void => {
    if (source?.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    open();
  };

  open();
  window.addEventListener('online', retryNow);
  return () => {
    window.removeEventListener('online', retryNow);
    clearTimeout(timer);
    source?.close();
    liveState.set('connecting');
  };
}
