import { searchRegions } from '../../language/regions/search-regions.js';
import type { Region } from '../../language/types.js';

const MOST_REGIONS = 20;

/** Provinces, regencies and cities for what was typed so far. */
export function findRegions(typed: string): Region[] {
  return searchRegions(typed, MOST_REGIONS);
}
