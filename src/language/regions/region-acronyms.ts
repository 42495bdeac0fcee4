import type { Region } from '../types.js';
import { REGIONS, shortRegionName } from './region-list.js';

const SHORTEST = 4;
let byAcronym: Map<string, Region[]> | undefined;

/**
 * The regions whose name may be drawn together to `word`, as officials do with every name of several words ("Bone
 * Bolango" → "bonbol", "Kubu Raya" → "kkr"). Far from certain: only for where a place must stand.
 */
export function regionsByAcronym(word: string): readonly Region[] {
  byAcronym ??= collectAcronyms();
  return byAcronym.get(word) ?? [];
}

function collectAcronyms(): Map<string, Region[]> {
  const found = new Map<string, Region[]>();
  for (const region of REGIONS) {
    const words = shortRegionName(region)
      .toLowerCase()
      .split(/[^a-z]+/)
      .filter((word) => word !== 'dan' && word !== 'di');
    if (words.length < 2) continue;
    for (const acronym of acronymsOf(words)) {
      const known = found.get(acronym);
      if (known === undefined) found.set(acronym, [region]);
      else known.push(region);
    }
  }
  return found;
}

/** Beginnings of the words joined, the last one also by its end ("Sidenreng Rappang" → "sidrap"). */
function acronymsOf(words: readonly string[]): Set<string> {
  let joined = [''];
  words.slice(0, 3).forEach((word, i) => {
    const parts = [2, 3, 4].map((length) => word.slice(0, length));
    if (i > 0) parts.push(word.slice(-3), word.slice(-4));
    joined = joined.flatMap((before) => parts.map((part) => before + part));
  });
  return new Set(joined.filter((acronym) => acronym.length >= SHORTEST && acronym.length <= 9));
}
