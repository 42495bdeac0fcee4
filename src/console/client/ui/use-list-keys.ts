import { useEffect, type RefObject } from 'react';
import { useShortcuts } from '../state/shortcuts.js';

/**
 * J and K (or the arrows) move the focus through the rows of a list; Enter follows the link as everywhere.
 * @param current `data-number` of the open row
 */
export function useListKeys(list: RefObject<HTMLUListElement | null>, current: string | undefined): void {
  const rows = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('.row') ?? [])];
  const step = (by: 1 | -1): void => {
    const all = rows();
    const focused = all.findIndex((row) => row === document.activeElement);
    const from = focused >= 0 ? focused : all.findIndex((row) => row.dataset.number === current);
    const next = from < 0 ? 0 : Math.min(all.length - 1, Math.max(0, from + by));
    all[next]?.focus();
  };
  const arrow = (by: 1 | -1): void => {
    // In the conversation the arrows scroll.
    if (list.current?.contains(document.activeElement) || document.activeElement === document.body) step(by);
  };
  useShortcuts({ j: () => step(1), k: () => step(-1) });
  useEffect(() => {
    const element = list.current;
    const listen = (event: KeyboardEvent): void => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
      event.preventDefault();
      arrow(event.key === 'ArrowDown' ? 1 : -1);
    };
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  });
}
