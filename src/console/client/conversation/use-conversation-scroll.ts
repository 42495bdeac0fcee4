import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useOnScreen } from '../ui/use-on-screen.js';
import type { TimelineItem } from './timeline.js';

interface ConversationScroll {
  box: RefObject<HTMLDivElement | null>;
  /** Stands above the oldest line. */
  top: RefObject<HTMLDivElement | null>;
  /** The reader is not at the end; 'new': and something arrived since. */
  away: false | 'far' | 'new';
  toNewest: () => void;
}

/** Pixels from the end that still count as "at the end". */
const NEAR = 80;

/** Opens at the end, follows new lines while the reader is there, and holds the place when older lines come in above. */
export function useConversationScroll(items: readonly TimelineItem[], onTop: () => void): ConversationScroll {
  const box = useRef<HTMLDivElement>(null);
  const top = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const shown = useRef<{ oldest: string | undefined; newest: string | undefined; height: number }>({
    oldest: undefined,
    newest: undefined,
    height: 0,
  });
  const [away, setAway] = useState<ConversationScroll['away']>(false);

  const toNewest = useCallback(() => {
    const element = box.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const messages = items.filter(({ kind }) => kind === 'message' || kind === 'pending');
    const oldest = messages[0]?.key;
    const last = messages.at(-1);
    const before = shown.current;
    const grewAbove = before.oldest !== undefined && oldest !== before.oldest && last?.key === before.newest;
    if (grewAbove) element.scrollTop += element.scrollHeight - before.height;
    else if (atEnd.current || last?.kind === 'pending') toNewest();
    else if (last && last.key !== before.newest) setAway('new');
    shown.current = { oldest, newest: last?.key, height: element.scrollHeight };
  }, [items, toNewest]);

  useEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const look = (): void => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR;
      setAway((was) => (atEnd.current ? false : was || 'far'));
    };
    // The composer grows and the keyboard of a phone opens: the end stays in sight.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) toNewest();
    });
    observer.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [toNewest]);

  useOnScreen(top, () => {
    // Not before the first lines stand: an empty box has its top on screen too.
    if (shown.current.oldest !== undefined && box.current && box.current.scrollTop < 400 && !atEnd.current)
      onTop();
  });

  return { box, top, away, toNewest };
}
