import { loadData } from '../load-data.js';
import type { Region } from '../types.js';
import { NearWords } from '../text/near-words.js';
import { otherNames } from './other-region-names.js';
import { AGENCY_HEADS } from '../identity/identity-words.js';
import { REGIONS, regionByCode, shortRegionName } from './region-list.js';

type Level = Region['level'];

export interface NamedRegions {
  regions: readonly Region[];
  /** The name itself rather than a short form or a known misspelling. */
  official: boolean;
}

interface AliasData {
  aliases: Record<string, string[]>;
  everydayWords: string[];
  cues: string[];
  notTypos: string[];
  words: Record<Level, string[]>;
}

const SPELLINGS: Readonly<Record<string, string>> = {
  sumatra: 'sumatera',
  kep: 'kepulauan',
  kepl: 'kepulauan',
  sel: 'selatan',
  slatan: 'selatan',
  bar: 'barat',
  brt: 'barat',
  tim: 'timur',
  tmr: 'timur',
  ut: 'utara',
  utr: 'utara',
  tgh: 'tengah',
  teng: 'tengah',
  tj: 'tanjung',
  tjg: 'tanjung',
  tg: 'tanjung',
  bag: 'bagian',
  bgn: 'bagian',
  peg: 'pegunungan',
  pegn: 'pegunungan',
  tlk: 'teluk',
  gn: 'gunung',
  gng: 'gunung',
  sei: 'sungai',
  sltn: 'selatan',
  sltan: 'selatan',
  utra: 'utara',
  tggr: 'tenggara',
  tggra: 'tenggara',
  tap: 'tapanuli',
  halm: 'halmahera',
  lamp: 'lampung',
  kal: 'kalimantan',
  sul: 'sulawesi',
  sum: 'sumatera',
};

/** Villages and firms bear any name. */
const SMALLER_PLACES = new Set(
  'desa nagari kampung gampong pekon lembang kecamatan kelurahan pt cv yayasan'.split(' '),
);

const data = loadData('region-aliases.json') as AliasData;

/** Names are compared without blanks, so that "deliserdang" and "Deli Serdang" are the same. */
export const REGION_NAMES: ReadonlyMap<string, NamedRegions> = collectNames();
/** Most words a name has: "penukal abab lematang ilir" and a few aliases. */
export const LONGEST_NAME = 5;
/** Names that are words of everyday language too ("batu", "pati"); they need a cue beside them. */
export const EVERYDAY_WORDS: ReadonlySet<string> = new Set(data.everydayWords);
/** Words after which a place is to be expected: "dari", "pemda", "bpkad". */
export const REGION_CUES: ReadonlySet<string> = new Set([
  ...data.cues,
  ...[...AGENCY_HEADS].filter((head) => !SMALLER_PLACES.has(head)),
]);
/** Common words one letter away from a region's name ("kendala" and Kendal). */
export const NOT_TYPOS: ReadonlySet<string> = new Set(data.notTypos);
/** "kab", "pemkot", "gubernur" and the level each speaks of. */
export const LEVEL_WORDS: ReadonlyMap<string, Level> = new Map(
  (Object.entries(data.words) as [Level, string[]][]).flatMap(([level, words]) =>
    words.map((word): [string, Level] => [word, level]),
  ),
);

export function joinName(name: string): string {
  return unifySpelling(name.toLowerCase().split(/[^\p{L}\p{N}]+/u)).join('');
}

/** Written-out forms of the shortenings used inside names: "kep." for "kepulauan", "brt" for "barat". */
export function unifySpelling(words: readonly string[]): string[] {
  return words.map((word) => SPELLINGS[word] ?? word);
}

function collectNames(): Map<string, NamedRegions> {
  const names = new Map<string, { regions: Region[]; official: boolean }>();
  const add = (name: string, region: Region, official: boolean): void => {
    const key = joinName(name);
    const entry = names.get(key);
    if (entry === undefined) names.set(key, { regions: [region], official });
    else if (!entry.regions.includes(region)) entry.regions.push(region);
  };
  for (const region of REGIONS) add(shortRegionName(region), region, true);
  for (const region of REGIONS) {
    for (const name of otherNames(shortRegionName(region))) {
      if (!names.has(joinName(name))) add(name, region, true);
    }
  }
  for (const [alias, codes] of Object.entries(data.aliases)) {
    for (const code of codes) {
      const region = regionByCode(code);
      if (region !== undefined) add(alias, region, false);
    }
  }
  return names;
}

/** "kab", "pemkot", "provinsi". */
export function isLevelWord(word: string): boolean {
  return LEVEL_WORDS.has(word);
}

let nearLevels: NearWords | undefined;

/** As `LEVEL_WORDS`, with a slip mended in the long ones ("kabuapten"). */
export function levelOf(word: string): Level | undefined {
  const level = LEVEL_WORDS.get(word);
  if (level !== undefined || word.length < 7 || word.length > 10 || !/^[bgkpw]/.test(word)) return level;
  nearLevels ??= new NearWords([...LEVEL_WORDS.keys()].filter((known) => known.length >= 8));
  return LEVEL_WORDS.get(nearLevels.find(word, 1).words[0] ?? '');
}
