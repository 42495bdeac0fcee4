import { readLocal, writeLocal } from './local-storage.js';
import { createStore } from './store.js';

export type Theme = 'system' | 'light' | 'dark';

/** What one person likes on this device. */
export interface Preferences {
  theme: Theme;
  density: 'comfortable' | 'compact';
  /** Which key sends a message. */
  sendWith: 'enter' | 'ctrl-enter';
  /** Single-key shortcuts; WCAG 2.1.4 asks for a way to turn them off. */
  shortcuts: boolean;
  sound: boolean;
  desktop: boolean;
  panel: boolean;
}

const ALLOWED = {
  theme: ['system', 'light', 'dark'],
  density: ['comfortable', 'compact'],
  sendWith: ['enter', 'ctrl-enter'],
} as const;

export const preferences = createStore<Preferences>({
  theme: pick('theme', ALLOWED.theme, 'system'),
  density: pick('density', ALLOWED.density, 'comfortable'),
  sendWith: pick('sendWith', ALLOWED.sendWith, 'ctrl-enter'),
  shortcuts: readLocal('shortcuts') !== 'off',
  sound: readLocal('sound') === 'on',
  desktop: readLocal('desktop') === 'on',
  panel: readLocal('panel') !== 'off',
});

/** Changes one preference, keeps it, and shows theme and density at once. */
export function prefer<Key extends keyof Preferences>(key: Key, value: Preferences[Key]): void {
  preferences.set((previous) => ({ ...previous, [key]: value }));
  writeLocal(key, typeof value === 'boolean' ? (value ? 'on' : 'off') : value);
  applyAppearance();
}

/** theme.js does the same before the first paint. */
export function applyAppearance(): void {
  const { theme, density } = preferences.get();
  const root = document.documentElement;
  if (theme === 'system') delete root.dataset.theme;
  else root.dataset.theme = theme;
  if (density === 'compact') root.dataset.density = 'compact';
  else delete root.dataset.density;
}

function pick<Value extends string>(key: string, allowed: readonly Value[], fallback: Value): Value {
  const kept = readLocal(key);
  return allowed.find((value) => value === kept) ?? fallback;
}
