/** The browser's own storage; undefined where it is forbidden. */
export function localStore(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

export function sessionStore(): Storage | undefined {
  try {
    return window.sessionStorage;
  } catch {
    return undefined;
  }
}

/** Storage may be full; what is kept here is a convenience. */
export function keep(storage: Storage | undefined, key: string, value: string): void {
  try {
    storage?.setItem(key, value);
  } catch {
    // Nothing is lost: the page only forgets where it was.
  }
}

/** 128 random bits; crypto.randomUUID is missing in older browsers and on plain http. */
export function newClientId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** A finger, not a mouse: Enter then starts a new line. */
export function isTouch(): boolean {
  return window.matchMedia('(pointer: coarse)').matches;
}
