import { readFileSync } from 'node:fs';

/**
 * Reads a vendored data file of `locales/data`. The path holds for `src/language` and for `dist/language` alike.
 * The caller names the type; the shape of each file is checked by the tests of its reader.
 */
export function loadData(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../locales/data/${name}`, import.meta.url), 'utf8'));
}
