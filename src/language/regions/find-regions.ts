import type { Found, Region, RegionSearch, Span } from '../types.js';
import { findRegionMentions, type RegionMention } from './find-region-mentions.js';
import { REGIONS } from './region-list.js';
import { LEVEL_WORDS, REGION_NAMES, joinName } from './region-names.js';

export interface RegionHints {
  /** Name, short name or code of the province the user is known to be in. */
  province?: string;
  /** "Pemkot", "BPKAD Kota", "Setda Kabupaten ...". */
  agency?: string;
}

/** The region a text speaks of; with several left over the dialog asks. */
export function findRegions(text: string, hints: RegionHints = {}): RegionSearch {
  const found = locateRegions(text, hints);
  if (found === undefined) return { status: 'none', regions: [] };
  return { status: found.value.length === 1 ? 'one' : 'ambiguous', regions: found.value };
}

/** As `findRegions`, with the place in the text and how sure it is. Parts of the text can be left out. */
export function locateRegions(
  text: string,
  hints: RegionHints = {},
  excluded: readonly Span[] = [],
): Found<Region[]> | undefined {
  const official = PROVINCES_BY_NAME.get(text.trim().toLowerCase());
  if (official !== undefined) return { value: [official], span: trimmedSpan(text), confidence: 0.7 };
  const { mentions, looseLevels } = findRegionMentions(text.slice(0, LONGEST_READ), excluded);
  const meant = dropHome(text, dropRetracted(text, dropWeak(mentions), looseLevels));
  if (meant.length === 0) return undefined;
  const narrowed = narrowByHints(meant, looseLevels, hints);
  const left = absorb(narrowed);
  const regions = [...new Set(left.flatMap((mention) => mention.candidates))];
  const first = left[0];
  const last = left[left.length - 1];
  if (first === undefined || last === undefined) return undefined;
  return {
    value: regions,
    span: { start: first.span.start, end: last.span.end },
    confidence: regions.length === 1 ? Math.max(...left.map((mention) => mention.confidence)) : 0.4,
  };
}

/** Where someone writes from stands in the first lines, or in the letterhead of what was pasted. */
const LONGEST_READ = 4000;

/** "Jambi" alone is the official name of the province; within a sentence it may be the city as well. */
const PROVINCES_BY_NAME = new Map(
  REGIONS.filter((region) => region.level === 'province').map((region) => [
    region.name.toLowerCase(),
    region,
  ]),
);

function trimmedSpan(text: string): Span {
  const start = text.length - text.trimStart().length;
  return { start, end: start + text.trim().length };
}

const RETRACTED = /\b(?:bukan|bkn|bukannya|not|salah)\s+(?:(?:di|dari|yang|yg|from)\s+)?$/i;
const REPLACED =
  /^[\s,.;-]*(?:eh|eh bukan|bukan|ralat|maksud(?:nya)?(?: saya)?|sori|sorry|maaf)[\s,.]+(?:salah[\s,.]+)?(?:maksud(?:nya)?(?: saya)?[\s,.]+)?$/i;

/** "bukan Bandung tapi Bandung Barat", "Gowa eh Takalar": what is taken back is not meant. */
function dropRetracted(
  text: string,
  mentions: RegionMention[],
  looseLevels: ReadonlySet<Region['level']>,
): RegionMention[] {
  const isRetracted = (mention: RegionMention): boolean =>
    RETRACTED.test(text.slice(Math.max(0, mention.span.start - 20), mention.span.start));
  const [only] = mentions;
  if (only !== undefined && mentions.length === 1 && isRetracted(only)) return namesakesOf(only, looseLevels);
  return mentions.filter((mention, i) => {
    if (isRetracted(mention)) return false;
    const next = mentions[i + 1];
    if (next === undefined || isRetracted(next)) return true;
    return !REPLACED.test(text.slice(mention.span.end, next.span.start).slice(0, 40));
  });
}

/** "Ini pemkot, bukan pemkab Madiun": only the level was taken back. */
function namesakesOf(mention: RegionMention, looseLevels: ReadonlySet<Region['level']>): RegionMention[] {
  const others = mention.namesakes.filter(
    (region) => !mention.candidates.includes(region) && looseLevels.has(region.level),
  );
  return others.length > 0 ? [{ ...mention, candidates: others }] : [];
}

const HOME =
  /\b(?:lahir|kelahiran|domisili|berdomisili|tinggal|born|live|living)\s+(?:saya |in )?(?:di )?(?:kab\.? |kota )?$/i;

/** "lahir di Bandung, dinas di Sumba Timur": home does not count where another place is named. */
function dropHome(text: string, mentions: RegionMention[]): RegionMention[] {
  const others = mentions.filter(
    ({ span }) => !HOME.test(text.slice(Math.max(0, span.start - 30), span.start)),
  );
  return others.length > 0 ? others : mentions;
}

/** "Medan, Sumatera Utara" is the city; "di medan" alone is not. */
function dropWeak(mentions: RegionMention[]): RegionMention[] {
  const provinces = new Set(
    mentions
      .filter((mention) => !mention.isWeak)
      .flatMap(({ candidates }) => candidates.filter((region) => region.level === 'province'))
      .map((region) => region.name),
  );
  return mentions.filter(
    (mention) => !mention.isWeak || mention.candidates.some((region) => provinces.has(region.province)),
  );
}

function narrowByHints(
  mentions: RegionMention[],
  looseLevels: ReadonlySet<Region['level']>,
  hints: RegionHints,
): RegionMention[] {
  const provinces = provinceHints(mentions, hints);
  const agencyLevels = new Set([...looseLevels, ...levelsIn(hints.agency ?? '')]);
  return mentions.map((mention) => {
    let candidates = keepWhere(mention.candidates, (region) => provinces.has(region.province));
    const others = mentions.filter((other) => other !== mention && other.candidates.length === 1);
    candidates = keepWhere(candidates, (region) => others.some((other) => other.candidates[0] === region));
    candidates = keepWhere(candidates, (region) => holdsAnother(region, mention, mentions));
    candidates = keepWhere(candidates, (region) => agencyLevels.has(region.level));
    return { ...mention, candidates };
  });
}

/** "Boalemo, Gorontalo": the Gorontalo that Boalemo lies in. */
function holdsAnother(region: Region, mention: RegionMention, mentions: readonly RegionMention[]): boolean {
  if (region.level !== 'province') return false;
  return mentions.some(
    (other) =>
      other !== mention && other.candidates.every((r) => r.level !== 'province' && isWithin(r, region)),
  );
}

/** Filters an ambiguous list, unless nothing would be left. */
function keepWhere(regions: Region[], holds: (region: Region) => boolean): Region[] {
  if (regions.length < 2) return regions;
  const kept = regions.filter(holds);
  return kept.length > 0 ? kept : regions;
}

function provinceHints(mentions: RegionMention[], hints: RegionHints): Set<string> {
  const names = new Set<string>();
  for (const { candidates } of mentions) {
    const [only] = candidates;
    if (candidates.length === 1 && only?.level === 'province') names.add(only.province);
  }
  for (const hint of [hints.province, hints.agency]) {
    if (hint === undefined) continue;
    for (const name of provincesIn(hint)) names.add(name);
  }
  return names;
}

function provincesIn(hint: string): string[] {
  const whole = REGION_NAMES.get(joinName(hint))?.regions.find((region) => region.level === 'province');
  if (whole !== undefined) return [whole.name];
  const { mentions } = findRegionMentions(hint.slice(0, LONGEST_READ));
  return mentions.flatMap(({ candidates }) =>
    candidates.filter((region) => region.level === 'province').map((region) => region.name),
  );
}

function levelsIn(agency: string): Region['level'][] {
  const words = agency
    .slice(0, LONGEST_READ)
    .toLowerCase()
    .split(/[^\p{L}]+/u);
  return words.flatMap((word) => LEVEL_WORDS.get(word) ?? []);
}

/** "Gowa, Sulsel" is Gowa: a province named beside one of its own regencies only places it. */
function absorb(mentions: RegionMention[]): RegionMention[] {
  const left: RegionMention[] = [];
  mentions.forEach((mention, i) => {
    const [only] = mention.candidates;
    const isWider =
      mention.candidates.length === 1 &&
      only?.level === 'province' &&
      mentions.some(
        (other) =>
          other !== mention && other.candidates.some((r) => r.level !== 'province' && isWithin(r, only)),
      );
    const isRepeated = mentions.slice(0, i).some((earlier) => sameCandidates(earlier, mention));
    if (!isWider && !isRepeated) left.push(mention);
  });
  return left;
}

/** "Papua" is said of all the provinces that were once one. */
function isWithin(region: Region, province: Region): boolean {
  return (
    region.province === province.name || (province.name === 'Papua' && region.province.startsWith('Papua '))
  );
}

function sameCandidates(a: RegionMention, b: RegionMention): boolean {
  return (
    a.candidates.length === b.candidates.length &&
    a.candidates.every((region) => b.candidates.includes(region))
  );
}
