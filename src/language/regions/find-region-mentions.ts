import type { Token } from '../text/tokens.js';
import type { Region, Span } from '../types.js';
import { NameMatcher, type NameMatch } from './match-region-name.js';
import { EVERYDAY_WORDS, LEVEL_WORDS, REGION_CUES, levelOf } from './region-names.js';
import { regionTokens } from './region-tokens.js';

type Level = Region['level'];

export interface RegionMention {
  candidates: Region[];
  /** All that bear the name, also where a level word chose among them. */
  namesakes: readonly Region[];
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

/** Every place in the text, in order, each with all the regions its words fit. */
export function findRegionMentions(text: string, excluded: readonly Span[] = []): RegionMentions {
  const scan = new Scan(text, regionTokens(text, excluded));
  while (scan.hasNext()) scan.step();
  return { mentions: scan.mentions, looseLevels: scan.looseLevels };
}

class Scan {
  readonly mentions: RegionMention[] = [];
  readonly looseLevels = new Set<Level>();
  readonly #names: NameMatcher;
  #at = 0;
  #levels = new Set<Level>();
  #levelStart = 0;
  #guesses = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly Token[],
  ) {
    this.#names = new NameMatcher(text, tokens);
  }

  hasNext(): boolean {
    return this.#at < this.tokens.length;
  }

  step(): void {
    const hasLevel = this.#levels.size > 0;
    const match = this.#names.written(this.#at);
    if (match !== undefined) {
      this.#take(match, !this.#isMeant(match));
      return;
    }
    if (this.#readLevel()) return;
    const guess = this.#guess(hasLevel);
    if (guess !== undefined) {
      this.#take(guess, false);
      return;
    }
    this.#dropLevels();
    this.#at++;
  }

  #guess(hasLevel: boolean): NameMatch | undefined {
    if (this.#guesses++ > MOST_GUESSES) return undefined;
    return (
      this.#names.near(this.#at, { hasLevel, hasCue: this.#hasCue() }) ??
      this.#names.acronym(this.#at, hasLevel)
    );
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
    const level = levelOf(word.norm);
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

  /** "Kab. Aceh": there is a province of that name and no regency. */
  #speaksOfNone(match: NameMatch): boolean {
    const asked = this.#levels.has('regency') && this.#levels.size === 1;
    return asked && match.named.regions.every((region) => region.level === 'province');
  }

  #hasCue(): boolean {
    return REGION_CUES.has(this.tokens[this.#at - 1]?.norm ?? '');
  }

  #isMeant(match: NameMatch): boolean {
    if (match.key === 'jakarta' && this.#isVisited()) return false;
    if (match.length > 1 || !EVERYDAY_WORDS.has(match.key)) return true;
    return this.#levels.size > 0 || this.#hasCue() || this.#isAlone() || this.#levelFollows(match);
  }

  /** "kami mau ke Jakarta", "sedang di Jakarta" says where the visit goes, not where the visitor is from. */
  #isVisited(): boolean {
    const [before, last] = [this.tokens[this.#at - 2]?.norm ?? '', this.tokens[this.#at - 1]?.norm ?? ''];
    return TOWARDS.has(last) || (last === 'di' && BEING.has(before));
  }

  /** The whole answer, at most with a courtesy: "batu", "pati pak". */
  #isAlone(): boolean {
    return (
      this.tokens.length <= 3 && this.tokens.every((token, i) => i === this.#at || COURTESIES.has(token.norm))
    );
  }

  #levelFollows(match: NameMatch): boolean {
    const next = this.tokens[this.#at + match.length];
    if (next === undefined || this.#names.isBroken(this.#at + match.length - 1)) return false;
    return TRAILING_LEVELS.has(next.norm) && !this.#names.isWritten(this.#at + match.length + 1);
  }

  #take(match: NameMatch, isWeak: boolean): void {
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
      namesakes: match.named.regions,
      span: { start, end: last.end },
      confidence: confidenceOf(match, hasLevel, fitting.length > 0),
      isWeak,
    });
    this.#levels.clear();
    this.#at += match.length;
  }
}

/** "Kota Gowa": there is none, so the regency is meant, less surely. */
function confidenceOf(match: NameMatch, hasLevel: boolean, levelFits: boolean): number {
  if (!hasLevel) return match.confidence;
  return levelFits ? Math.min(0.98, match.confidence + 0.05) : 0.6;
}

/** Slips are looked for in the first words only: each look costs more than all else. */
const MOST_GUESSES = 80;
const BEING = new Set(['sedang', 'lagi', 'berada', 'ada', 'tiba', 'sampai', 'posisi']);
const TOWARDS = new Set(['ke', 'to']);
const COURTESIES = new Set('di ya pak bu kak min aja saja dong bapak ibu iya oh raya'.split(' '));
const PASSED_OVER = new Set(['daerah', 'administrasi', 'adm', 'of', 'di']);
const TRAILING_LEVELS = new Set('kab kabupaten kota regency city province provinsi prov'.split(' '));
