import { keep, sessionStore } from './browser.js';

const DRAFT = 'dering.draft';
const EDIT = 'dering-edit';

/** What was being written before the page was reloaded. */
export function rememberedDraft(): string {
  return sessionStore()?.getItem(DRAFT) ?? '';
}

export function rememberDraft(text: string): void {
  keep(sessionStore(), DRAFT, text);
}

export function forgetDraft(): void {
  sessionStore()?.removeItem(DRAFT);
}

/** Puts a text back into the composer. */
export function editDraft(text: string): void {
  window.dispatchEvent(new CustomEvent(EDIT, { detail: text }));
}

export function onEditDraft(take: (text: string) => void): () => void {
  const listener = (event: Event): void => take((event as CustomEvent<string>).detail);
  window.addEventListener(EDIT, listener);
  return () => window.removeEventListener(EDIT, listener);
}
