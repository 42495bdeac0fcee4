/** Storage of the browser under `dering.…`; where it is blocked or full, the page works on without it. */
export function readLocal(key: string): string | null {
  try {
    return localStorage.getItem(`dering.${key}`);
  } catch {
    return null;
  }
}

/** Null forgets the key. */
export function writeLocal(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`dering.${key}`);
    else localStorage.setItem(`dering.${key}`, value);
  } catch {
    // Blocked or full: what was to be kept is only kept in this tab.
  }
}

export function readLocalJson(key: string): unknown {
  try {
    return JSON.parse(readLocal(key) ?? 'null') as unknown;
  } catch {
    return null;
  }
}
