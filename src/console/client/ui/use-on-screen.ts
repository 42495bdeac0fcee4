import { useEffect, useRef, type RefObject } from 'react';

/** Calls back when the element comes within 300 px of the visible part of its `data-scroller` box. */
export function useOnScreen(element: RefObject<Element | null>, onSeen: () => void): void {
  const latest = useRef(onSeen);
  useEffect(() => {
    latest.current = onSeen;
  });
  useEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) latest.current();
      },
      { root: target.closest('[data-scroller]'), rootMargin: '300px' },
    );
    observer.observe(target);
    return () => observer.disconnect();
  });
}
