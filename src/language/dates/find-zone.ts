import type { Found, ZoneName } from '../types.js';

const ZONE =
  /(?<![\p{L}\p{N}])(wib|wita|wit)(?![\p{L}\p{N}])|waktu (?:indonesia )?(?:bagian )?(barat|tengah|timur|jakarta|makassar|bali|manado|jayapura|papua|ambon)/iu;
const ZONE_WORDS: Readonly<Record<string, ZoneName>> = {
  wib: 'WIB',
  wita: 'WITA',
  wit: 'WIT',
  barat: 'WIB',
  tengah: 'WITA',
  timur: 'WIT',
  jakarta: 'WIB',
  makassar: 'WITA',
  bali: 'WITA',
  manado: 'WITA',
  jayapura: 'WIT',
  papua: 'WIT',
  ambon: 'WIT',
};

/** The time zone said beside an hour; R-T1 shows both where it is not that of the service. */
export function findZone(text: string): Found<ZoneName> | undefined {
  const match = ZONE.exec(text);
  const value = ZONE_WORDS[(match?.[1] ?? match?.[2] ?? '').toLowerCase()];
  if (match === null || value === undefined) return undefined;
  return { value, span: { start: match.index, end: match.index + match[0].length }, confidence: 0.97 };
}
