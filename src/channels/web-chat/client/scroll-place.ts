import { keep, sessionStore } from './browser.js';

const PLACE = 'dering.place';

/** Where the reader was before a reload: a line and how far its top was from the top of the log. */
export interface Place {
  id: string;
  offset: number;
}

export function rememberPlace(log: HTMLElement, atEnd: boolean): void {
  const top = log.getBoundingClientRect().top;
  const first = [...log.querySelectorAll<HTMLElement>('[data-id]')].find(
    (row) => row.getBoundingClientRect().bottom > top,
  );
  const place: Place | null =
    atEnd || !first?.dataset.id
      ? null
      : { id: first.dataset.id, offset: first.getBoundingClientRect().top - top };
  keep(sessionStore(), PLACE, JSON.stringify(place));
}

export function rememberedPlace(): Place | undefined {
  try {
    return (JSON.parse(sessionStore()?.getItem(PLACE) ?? 'null') as Place | null) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Scrolls so that the line stands where it stood; false when it is not on the page. */
export function restorePlace(log: HTMLElement, { id, offset }: Place): boolean {
  const row = [...log.querySelectorAll<HTMLElement>('[data-id]')].find((one) => one.dataset.id === id);
  if (!row) return false;
  log.scrollTop += row.getBoundingClientRect().top - log.getBoundingClientRect().top - offset;
  return true;
}
