import type { Region } from '../types.js';
import { REGIONS, shortRegionName } from './region-list.js';
import { LEVEL_WORDS, REGION_NAMES, joinName } from './region-names.js';

const SEARCHABLE = REGIONS.map((region) => ({
  region,
  short: joinName(shortRegionName(region)),
  full: joinName(region.name),
}));

/** Regions whose name begins with what was typed so far, then those that contain it; for suggestions. */
export function searchRegions(prefix: string, limit: number): Region[] {
  const words = prefix
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const level = LEVEL_WORDS.get(words[0] ?? '');
  const typed = joinName((level === undefined ? words : words.slice(1)).join(' '));
  if (typed === '' || limit <= 0) return [];
  const fits = (region: Region): boolean => level === undefined || region.level === level;
  const found = new Set<Region>(REGION_NAMES.get(typed)?.regions.filter(fits));
  for (const { region, short, full } of SEARCHABLE) {
    if (fits(region) && (short.startsWith(typed) || full.startsWith(typed))) found.add(region);
  }
  for (const { region, short } of SEARCHABLE) {
    if (fits(region) && typed.length >= 3 && short.includes(typed)) found.add(region);
  }
  return [...found].slice(0, limit);
}
