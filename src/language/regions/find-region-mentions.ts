import { stopwords } from '@orama/stopwords/indonesian';
import { tokenise, type Token } from '../text/tokens.js';
import { NearWords } from '../text/near-words.js';
import type { Region, Span } from '../types.js';
import {
  EVERYDAY_WORDS,
  LEVEL_WORDS,
  LONGEST_NAME,
  NOT_TYPOS,
  REGION_CUES,
  REGION_NAMES,
  unifySpelling,
  type NamedRegions,
} from './region-names.js';

type Level = Region['level'];

export interface RegionMention {
  candidates: Region[];
  span: Span;
  confidence: number;
  /** An everyday word with nothing to say that a place is meant; counts only beside its own province. */
  isWeak: boolean;
}

export interface RegionMentions {
  mentions: RegionMention[];
  /** Level words that stand alone ("saya di pemkot"): they may tell which Bogor is meant. */
  looseLevels: Set<Level>;
}

const FIRST_WORDS = firstWords();
const NAME_BEGINNINGS = nameBeginnings();
const STOP_WORDS = new Set(stopwords);
let nearNames: NearWords | undefined;

/** Every place in the text, in order, each with all the regions its words fit. */
export function findRegionMentions(text: string, excluded: readonly Span[] = []): RegionMentions {
  const skipped = [...excluded, ...localParts(text)];
  const tokens = unify(tokenise(text).filter((token) => !isExcluded(token, skipped)));
  const scan = new Scan(text, tokens);
  while (scan.hasNext()) scan.step();
  return { mentions: scan.mentions, looseLevels: scan.looseLevels };
}

class Scan {
  readonly mentions: RegionMention[] = [];
  readonly looseLevels = new Set<Level>();
  #at = 0;
  #levels = new Set<Level>();
  #levelStart = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {}

  hasNext(): boolean {
    return this.#at < this.tokens.length;
  }

  step(): void {
    const match = this.#exactMatch() ?? this.#gluedMatch();
    if (match !== undefined) {
      this.#take(this.#longerNearMatch(match) ?? match, !this.#isMeant(match));
      return;
    }
    if (this.#readLevel()) return;
    const near = this.#nearMatch();
    if (near !== undefined) {
      this.#take(near, false);
      return;
    }
    this.#dropLevels();
    this.#at++;
  }

  #readLevel(): boolean {
    const word = this.tokens[this.#at];
    if (word === undefined) return false;
    if (word.norm === 'wali' && this.tokens[this.#at + 1]?.norm === 'kota') {
      this.#addLevel('city', word.start);
      this.#at += 2;
      return true;
    }
    if (this.#levels.size > 0 && PASSED_OVER.has(word.norm)) {
      this.#at++;
      return true;
    }
    const level = LEVEL_WORDS.get(word.norm);
    if (level === undefined) return false;
    this.#addLevel(level, word.start);
    this.#at++;
    return true;
  }

  #addLevel(level: Level, start: number): void {
    if (this.#levels.size === 0) this.#levelStart = start;
    else if (!this.#joinsPreviousLevel()) this.#levels.clear();
    this.#levels.add(level);
  }

  /** "Kab/Kota Bogor" speaks of both, "Pemerintah Kota ... Kabupaten Bogor" of the last. */
  #joinsPreviousLevel(): boolean {
    const previous = this.tokens[this.#at - 1];
    const current = this.tokens[this.#at];
    return (
      previous !== undefined &&
      current !== undefined &&
      this.text.slice(previous.end, current.start).includes('/')
    );
  }

  #dropLevels(): void {
    for (const level of this.#levels) this.looseLevels.add(level);
    this.#levels.clear();
  }

  #exactMatch(): Match | undefined {
    const first = this.tokens[this.#at];
    if (first === undefined || !FIRST_WORDS.has(first.norm.slice(0, 3))) return undefined;
    let joined = '';
    let best: Match | undefined;
    for (let length = 1; length <= LONGEST_NAME; length++) {
      const token = this.tokens[this.#at + length - 1];
      if (token === undefined || (length > 1 && this.#isBroken(this.#at + length - 2))) break;
      joined += token.norm;
      const named = REGION_NAMES.get(joined);
      if (named !== undefined) best = { named, length, key: joined, confidence: named.official ? 0.93 : 0.9 };
    }
    return best;
  }

  /** A name does not run over a line break, a comma or a bracket. */
  #isBroken(index: number): boolean {
    const [left, right] = [this.tokens[index], this.tokens[index + 1]];
    return (
      left === undefined || right === undefined || /[,;:!?()\n@]/.test(this.text.slice(left.end, right.start))
    );
  }

  /** "kabgowa", "pemkotmalang", and the domains "gowakab", "malangkota", "jabarprov". */
  #gluedMatch(): Match | undefined {
    const token = this.tokens[this.#at];
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

  /** A slip in one word, or in a name of several words; two slips only after "kab." or the like. */
  #nearMatch(): Match | undefined {
    const word = this.tokens[this.#at];
    if (word === undefined || !/^[a-z]{2,30}$/.test(word.norm)) return undefined;
    const isCued = this.#levels.size > 0 || this.#hasCue() || this.tokens.length === 1;
    const farthest = this.#levels.size > 0 || this.tokens.length <= 2 ? 2 : 1;
    const several = this.#nearest([4, 3, 2], farthest);
    if (several !== undefined || word.norm.length < (isCued ? 5 : 8) || NOT_TYPOS.has(word.norm))
      return several;
    return this.#nearest([1], farthest);
  }

  /** "Papua Baart" is a slip of a longer name, not the province Papua. */
  #longerNearMatch(match: Match): Match | undefined {
    if (!NAME_BEGINNINGS.has(match.key)) return undefined;
    const longer = [4, 3, 2].filter((length) => length > match.length);
    return this.#nearest(longer, match.named.regions.length > 1 && !match.named.official ? 2 : 1);
  }

  #nearest(lengths: readonly number[], farthest: number): Match | undefined {
    nearNames ??= new NearWords(namesWorthMending());
    for (const length of lengths) {
      const joined = this.#joinedWords(length);
      if (joined === undefined) continue;
      const { words, edits } = nearNames.find(joined, farthest);
      const named = mergeNames(words);
      if (named !== undefined) return { named, length, key: joined, confidence: edits === 1 ? 0.8 : 0.65 };
    }
    return undefined;
  }

  /** "Kab. Aceh": there is a province of that name and no regency. */
  #speaksOfNone(match: Match): boolean {
    const asked = this.#levels.has('regency') && this.#levels.size === 1;
    return asked && match.named.regions.every((region) => region.level === 'province');
  }

  #joinedWords(length: number): string | undefined {
    let joined = '';
    for (let i = this.#at; i < this.#at + length; i++) {
      const token = this.tokens[i];
      if (token === undefined) return undefined;
      if (length > 1 && STOP_WORDS.has(token.norm)) return undefined;
      if (i > this.#at && this.#isBroken(i - 1)) return undefined;
      joined += token.norm;
    }
    return joined;
  }

  #hasCue(): boolean {
    return REGION_CUES.has(this.tokens[this.#at - 1]?.norm ?? '');
  }

  #isMeant(match: Match): boolean {
    if (match.key === 'jakarta' && TOWARDS.has(this.tokens[this.#at - 1]?.norm ?? '')) return false;
    if (match.length > 1 || !EVERYDAY_WORDS.has(match.key)) return true;
    return this.#levels.size > 0 || this.#hasCue() || this.#isAlone() || this.#levelFollows(match);
  }

  /** The whole answer, at most with a courtesy: "batu", "pati pak". */
  #isAlone(): boolean {
    return (
      this.tokens.length <= 3 && this.tokens.every((token, i) => i === this.#at || COURTESIES.has(token.norm))
    );
  }

  #levelFollows(match: Match): boolean {
    const next = this.tokens[this.#at + match.length];
    if (next === undefined || this.#isBroken(this.#at + match.length - 1)) return false;
    const afterNext = this.tokens[this.#at + match.length + 1];
    const startsAnother = afterNext !== undefined && REGION_NAMES.has(afterNext.norm);
    return !startsAnother && TRAILING_LEVELS.has(next.norm);
  }

  #take(match: Match, isWeak: boolean): void {
    const first = this.tokens[this.#at];
    const last = this.tokens[this.#at + match.length - 1];
    if (first === undefined || last === undefined) return;
    if (this.#levels.size === 0 && this.#levelFollows(match)) {
      const level = LEVEL_WORDS.get(this.tokens[this.#at + match.length]?.norm ?? '');
      if (level !== undefined) this.#levels.add(level);
      this.#levelStart = first.start;
    }
    const fitting = match.named.regions.filter((region) => this.#levels.has(region.level));
    if (this.#speaksOfNone(match)) {
      this.#dropLevels();
      this.#at += match.length;
      return;
    }
    const hasLevel = this.#levels.size > 0;
    const start = hasLevel ? this.#levelStart : first.start;
    this.mentions.push({
      candidates: fitting.length > 0 ? fitting : [...match.named.regions],
      span: { start, end: last.end },
      confidence: confidenceOf(match, hasLevel, fitting.length > 0),
      isWeak,
    });
    this.#levels.clear();
    this.#at += match.length;
  }
}

interface Match {
  named: NamedRegions;
  length: number;
  key: string;
  confidence: number;
}

/** "Kota Gowa": there is none, so the regency is meant, less surely. */
function confidenceOf(match: Match, hasLevel: boolean, levelFits: boolean): number {
  if (!hasLevel) return match.confidence;
  return levelFits ? Math.min(0.98, match.confidence + 0.05) : 0.6;
}

/** "kami mau ke Jakarta" says where the visit goes, not where the visitor is from. */
const TOWARDS = new Set(['ke', 'to']);
const MOST_ADDRESSES = 20;
const COURTESIES = new Set([
  'di',
  'ya',
  'pak',
  'bu',
  'kak',
  'min',
  'aja',
  'saja',
  'dong',
  'bapak',
  'ibu',
  'iya',
  'oh',
  'raya',
]);
const PASSED_OVER = new Set(['daerah', 'administrasi', 'adm', 'of', 'di']);
const TRAILING_LEVELS = new Set(['kab', 'kabupaten', 'kota', 'regency', 'city']);
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

function unify(tokens: Token[]): Token[] {
  const words = unifySpelling(tokens.map((token) => token.norm));
  return tokens.map((token, i) => ({ ...token, norm: words[i] ?? token.norm }));
}

function isExcluded(token: Token, excluded: readonly Span[]): boolean {
  return excluded.some((span) => token.start < span.end && token.end > span.start);
}

/** What stands before the @ of an address names a person, not a place. */
function localParts(text: string): Span[] {
  if (!text.includes('@')) return [];
  const parts: Span[] = [];
  for (const match of text.matchAll(/[^\s@,;]{1,64}(?=@)/g)) {
    if (parts.push({ start: match.index, end: match.index + match[0].length }) === MOST_ADDRESSES) break;
  }
  return parts;
}

/** Names that longer names begin with: "Papua" and "Papua Barat". */
function nameBeginnings(): Set<string> {
  const names = [...REGION_NAMES.keys()];
  return new Set(
    names.filter((name) => names.some((other) => other.length > name.length && other.startsWith(name))),
  );
}

function firstWords(): Set<string> {
  return new Set(
    [...REGION_NAMES.keys()].flatMap((name) => [name.slice(0, 1), name.slice(0, 2), name.slice(0, 3)]),
  );
}
