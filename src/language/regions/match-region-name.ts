import { stopwords } from '@orama/stopwords/indonesian';
import { NearWords } from '../text/near-words.js';
import type { Token } from '../text/tokens.js';
import type { Region } from '../types.js';
import { regionsByAcronym } from './region-acronyms.js';
import { LEVEL_WORDS, LONGEST_NAME, NOT_TYPOS, REGION_NAMES, type NamedRegions } from './region-names.js';

export interface NameMatch {
  named: NamedRegions;
  /** How many words it takes. */
  length: number;
  /** The words joined. */
  key: string;
  confidence: number;
}

/** What is known of the place where a name is looked for. */
export interface NamePlace {
  /** "Kab." or the like stands before it. */
  hasLevel: boolean;
  /** So does a word like "dari" or "BPKAD". */
  hasCue: boolean;
}

const STOP_WORDS = new Set(stopwords);
const FIRST_LETTERS = firstLetters();
const NAME_BEGINNINGS = nameBeginnings();
const ACRONYM = /^[a-z]{4,9}$/;
let nearNames: NearWords | undefined;

/** The name that begins with a certain word: as it is written, glued to its level, mistyped, or drawn together. */
export class NameMatcher {
  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  /** The longest name or short name written here, or "kabgowa". */
  written(at: number): NameMatch | undefined {
    const match = this.#exact(at) ?? this.#glued(at);
    return match === undefined ? undefined : (this.#longerNear(at, match) ?? match);
  }

  isWritten(at: number): boolean {
    return this.#exact(at) !== undefined;
  }

  /** A slip in one word, or in a name of several words; two slips only after "kab." or the like. */
  near(at: number, { hasLevel, hasCue }: NamePlace): NameMatch | undefined {
    const word = this.tokens[at];
    if (word === undefined || !/^[a-z]{2,30}$/.test(word.norm)) return undefined;
    const isCued = hasLevel || hasCue || this.tokens.length === 1;
    const farthest = hasLevel || this.tokens.length <= 2 ? 2 : 1;
    const several = this.#nearest(at, [4, 3, 2], farthest);
    if (several !== undefined || word.norm.length < (isCued ? 5 : 8) || NOT_TYPOS.has(word.norm))
      return several;
    return this.#nearest(at, [1], farthest);
  }

  /** "Kab. Bonbol"; without a level word only before its own province, "galus aceh". */
  acronym(at: number, hasLevel: boolean): NameMatch | undefined {
    const word = this.tokens[at]?.norm ?? '';
    if (!ACRONYM.test(word) || STOP_WORDS.has(word) || NOT_TYPOS.has(word)) return undefined;
    const province = hasLevel ? undefined : this.#provinceAfter(at);
    if (!hasLevel && province === undefined) return undefined;
    const regions = regionsByAcronym(word).filter(
      (region) => region.level !== 'province' && (province === undefined || region.province === province),
    );
    if (regions.length === 0) return undefined;
    return { named: { regions, official: false }, length: 1, key: word, confidence: 0.55 };
  }

  /** A name does not run over a line break, a comma or a bracket. */
  isBroken(index: number): boolean {
    const [left, right] = [this.tokens[index], this.tokens[index + 1]];
    return (
      left === undefined || right === undefined || /[,;:!?()\n@]/.test(this.text.slice(left.end, right.start))
    );
  }

  #exact(at: number): NameMatch | undefined {
    const first = this.tokens[at];
    if (first === undefined || !FIRST_LETTERS.has(first.norm.slice(0, 3))) return undefined;
    let joined = '';
    let best: NameMatch | undefined;
    for (let length = 1; length <= LONGEST_NAME; length++) {
      const token = this.tokens[at + length - 1];
      if (token === undefined || (length > 1 && this.isBroken(at + length - 2))) break;
      joined += token.norm;
      const named = REGION_NAMES.get(joined);
      if (named !== undefined) best = { named, length, key: joined, confidence: named.official ? 0.93 : 0.9 };
    }
    return best;
  }

  /** "kabgowa", "pemkotmalang", and the domains "gowakab", "malangkota", "jabarprov". */
  #glued(at: number): NameMatch | undefined {
    const token = this.tokens[at];
    if (token === undefined || token.norm.length < 7) return undefined;
    const found = GLUED_FRONT.exec(token.norm) ?? GLUED_BACK.exec(token.norm);
    const name = found?.groups?.name;
    const level = LEVEL_WORDS.get(found?.groups?.level ?? '');
    const named = name === undefined ? undefined : REGION_NAMES.get(name);
    if (named === undefined || level === undefined) return undefined;
    const regions = named.regions.filter((region) => region.level === level);
    if (regions.length === 0) return undefined;
    return { named: { regions, official: named.official }, length: 1, key: token.norm, confidence: 0.85 };
  }

  /** "Papua Baart" is a slip of a longer name, not the province Papua. */
  #longerNear(at: number, match: NameMatch): NameMatch | undefined {
    if (!NAME_BEGINNINGS.has(match.key)) return undefined;
    const longer = [4, 3, 2].filter((length) => length > match.length);
    return this.#nearest(at, longer, match.named.regions.length > 1 && !match.named.official ? 2 : 1);
  }

  #nearest(at: number, lengths: readonly number[], farthest: number): NameMatch | undefined {
    nearNames ??= new NearWords(namesWorthMending());
    for (const length of lengths) {
      const joined = this.#joinedWords(at, length);
      if (joined === undefined) continue;
      const { words, edits } = nearNames.find(joined, farthest);
      const named = mergeNames(words);
      if (named !== undefined) return { named, length, key: joined, confidence: edits === 1 ? 0.8 : 0.65 };
    }
    return undefined;
  }

  #joinedWords(at: number, length: number): string | undefined {
    let joined = '';
    for (let i = at; i < at + length; i++) {
      const token = this.tokens[i];
      if (token === undefined) return undefined;
      if (length > 1 && STOP_WORDS.has(token.norm)) return undefined;
      if (i > at && this.isBroken(i - 1)) return undefined;
      joined += token.norm;
    }
    return joined;
  }

  #provinceAfter(at: number): string | undefined {
    const next = LEVEL_WORDS.get(this.tokens[at + 1]?.norm ?? '') === 'province' ? at + 2 : at + 1;
    const [only, ...others] = this.#exact(next)?.named.regions ?? [];
    return only?.level === 'province' && others.length === 0 ? only.name : undefined;
  }
}

const GLUED_FRONT =
  /^(?<level>kabupaten|kab|kota|pemkab|pemkot|pemko|pemprov|provinsi|prov)(?<name>[a-z]{3,})$/;
const GLUED_BACK = /^(?<name>[a-z]{3,}?)(?<level>kabupaten|kab|kota|provinsi|prov)$/;

/** Short forms are too near to other words to be mended. */
function namesWorthMending(): string[] {
  return [...REGION_NAMES]
    .filter(([name, { official }]) => official && name.length >= 5)
    .map(([name]) => name);
}

function mergeNames(names: readonly string[]): NamedRegions | undefined {
  const regions = new Set<Region>();
  for (const name of names) {
    for (const region of REGION_NAMES.get(name)?.regions ?? []) regions.add(region);
  }
  return regions.size === 0 ? undefined : { regions: [...regions], official: false };
}

/** Names that longer names begin with: "Papua" and "Papua Barat". */
function nameBeginnings(): Set<string> {
  const names = [...REGION_NAMES.keys()];
  return new Set(
    names.filter((name) => names.some((other) => other.length > name.length && other.startsWith(name))),
  );
}

function firstLetters(): Set<string> {
  return new Set(
    [...REGION_NAMES.keys()].flatMap((name) => [name.slice(0, 1), name.slice(0, 2), name.slice(0, 3)]),
  );
}
