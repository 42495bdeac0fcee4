import { useEffect, useRef } from 'react';
import { preferences } from './preferences.js';

export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

/**
 * Listens for single keys ("j", "/", "?", "Escape"). Never while somebody types, never under an open dialog, never with
 * Ctrl, Alt or Meta held: those belong to the browser, the system and to characters like "@" on some keyboards.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const run = latest.current[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!run || !isForPage(event)) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

function isForPage(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return false;
  if (event.key.length === 1 && !preferences.get().shortcuts) return false;
  if (document.querySelector('dialog[open], [role="menu"]')) return false;
  return event.key === 'Escape' || !isTyping(event.target);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'submit'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}
