import { loadData } from '../load-data.js';
import { findRegions } from '../regions/find-regions.js';

/** A regional office of Ditjen Perbendaharaan, whose network room a conference can use (R-B2, R-B5). */
export interface Kanwil {
  code: string;
  /** "Kanwil DJPb Provinsi Sulawesi Selatan". */
  name: string;
  city: string;
  /** Codes of the provinces it serves. */
  provinces: readonly string[];
}

/** All 34, from west to east. */
export const KANWIL: readonly Kanwil[] = (loadData('kanwil-djpb.json') as { offices: Kanwil[] }).offices;

/** The office that serves a region. */
export function kanwilOfRegion(regionCode: string | undefined): Kanwil | undefined {
  const province = regionCode?.slice(0, 2);
  return KANWIL.find(({ provinces }) => province !== undefined && provinces.includes(province));
}

/** Offices that a text names by their province, their city, or a region they serve; the whole name before its parts. */
export function findKanwil(text: string): Kanwil[] {
  const said = plain(text);
  if (said.length < SHORTEST) return [];
  const whole = KANWIL.filter(({ name, city }) => shortName(name) === said || plain(city) === said);
  if (whole.length > 0) return whole;
  const within = KANWIL.filter(({ name, city }) =>
    [shortName(name), plain(city)].some((one) => one.startsWith(said) || ` ${said} `.includes(` ${one} `)),
  );
  if (within.length > 0) return longest(within, said);
  const { regions } = findRegions(text);
  return [...new Set(regions.flatMap(({ code }) => kanwilOfRegion(code) ?? []))];
}

const SHORTEST = 3;

/** "Sumatera Barat" names one office although others end in "Barat"; "Papua Barat" is not Papua. */
function longest(found: readonly Kanwil[], said: string): Kanwil[] {
  const named = found.filter(({ name }) => ` ${said} `.includes(` ${shortName(name)} `));
  const most = Math.max(0, ...named.map(({ name }) => name.length));
  const best = named.filter(({ name }) => name.length === most);
  return best.length > 0 ? best : [...found];
}

function shortName(name: string): string {
  return plain(name.replace('Kanwil DJPb Provinsi ', ''));
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/\b(?:kanwil|kantor wilayah|djpb|provinsi|prov|di|the|yang|saja|aja)\b/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
