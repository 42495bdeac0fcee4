import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ChatState } from './chat-store.js';
import { rememberedPlace, rememberPlace, restorePlace, type Place } from './scroll-place.js';

/** Pixels from the end that still count as the end. */
const NEAR_END = 90;
/** Pixels from the top at which older lines are fetched. */
const NEAR_TOP = 160;
/** A place further back than this many pages is not looked for. */
const MAX_PAGES_BACK = 5;

export interface LogScroll {
  /** Messages that arrived below what is in view. */
  unseen: number;
  awayFromEnd: boolean;
  toEnd: () => void;
}

/**
 * Stays at the end while the reader is there, stays with the text while the reader is elsewhere, and returns to the
 * same place after a reload.
 */
export function useLogScroll(
  ref: { current: HTMLDivElement | null },
  chat: ChatState,
  loadOlder: () => void,
): LogScroll {
  const atEnd = useRef(true);
  const wanted = useRef<Place | undefined>(rememberedPlace());
  const pagesBack = useRef(0);
  const before = useRef({ first: '', height: 0, own: 0, others: 0 });
  const [unseen, setUnseen] = useState(0);
  const [awayFromEnd, setAway] = useState(false);

  const toEnd = (): void => {
    const log = ref.current;
    if (log) log.scrollTop = log.scrollHeight;
  };

  useLayoutEffect(() => {
    const log = ref.current;
    if (!log || chat.phase === 'opening') return;
    const now = measure(log, chat);
    const old = before.current;
    before.current = now;
    if (wanted.current) {
      const found = restorePlace(log, wanted.current);
      const givenUp = chat.older === null || pagesBack.current >= MAX_PAGES_BACK;
      if (found || givenUp) {
        wanted.current = undefined;
        atEnd.current = found ? isAtEnd(log) : atEnd.current;
        setAway(found && !isAtEnd(log));
      } else if (!chat.loadingOlder) {
        pagesBack.current += 1;
        loadOlder();
      }
      if (found) return;
    }
    const opening = old.first === '' && now.first !== '';
    if (opening && showNew(log)) atEnd.current = isAtEnd(log);
    else if (now.own > old.own || atEnd.current) toEnd();
    else if (now.first !== old.first) log.scrollTop += now.height - old.height;
    else if (now.others > old.others) setUnseen((count) => count + now.others - old.others);
  }, [chat.lines, chat.outgoing, chat.uploads, chat.phase, chat.loadingOlder]);

  useEffect(() => {
    const log = ref.current;
    if (!log) return undefined;
    const onScroll = (): void => {
      atEnd.current = isAtEnd(log);
      setAway(!atEnd.current);
      if (atEnd.current) setUnseen(0);
      if (log.scrollTop < NEAR_TOP && log.scrollHeight > log.clientHeight) loadOlder();
    };
    const onHide = (): void => rememberPlace(log, atEnd.current);
    const onResize = (): void => {
      if (atEnd.current) toEnd();
    };
    const content = log.firstElementChild;
    const observer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(onResize);
    observer?.observe(log);
    // A picture that has loaded makes the log longer.
    if (content) observer?.observe(content);
    log.addEventListener('scroll', onScroll, { passive: true });
    window.addEventListener('pagehide', onHide);
    return () => {
      observer?.disconnect();
      log.removeEventListener('scroll', onScroll);
      window.removeEventListener('pagehide', onHide);
    };
  }, []);

  return { unseen, awayFromEnd, toEnd };
}

interface Measure {
  first: string;
  height: number;
  own: number;
  others: number;
}

function measure(log: HTMLElement, chat: ChatState): Measure {
  const others = chat.lines.filter((line) => line.direction === 'out').length;
  const shownBack = chat.outgoing.filter((message) => message.messageId !== undefined).length;
  return {
    first: chat.lines[0]?.id ?? '',
    height: log.scrollHeight,
    own: chat.lines.length - others + chat.outgoing.length - shownBack + chat.uploads.length,
    others,
  };
}

function isAtEnd(log: HTMLElement): boolean {
  return log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END;
}

/** Opens at the first new message, with a little of what came before. */
function showNew(log: HTMLElement): boolean {
  const separator = log.querySelector<HTMLElement>('.new');
  if (!separator) return false;
  log.scrollTop += separator.getBoundingClientRect().top - log.getBoundingClientRect().top - 48;
  return true;
}
