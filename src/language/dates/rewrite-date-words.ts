import { loadData } from '../load-data.js';
import { RewrittenText } from '../text/rewritten-text.js';
import { MONTH_NAMES, WEEKDAY_NAMES } from './parser-support.js';
import { NearWords } from '../text/near-words.js';
import { shortenElongation, tokenise, type Token } from '../text/tokens.js';

interface DateWords {
  spellings: Record<string, string>;
  numbers: Record<string, number>;
}

const words = loadData('date-words.json') as DateWords;
const SPELLINGS = new Map(Object.entries(words.spellings));
const NUMBERS = new Map(Object.entries(words.numbers));

/**
 * The text in lower case with the usual spellings of days, months and hours unified ("bsk", "jum'at", "tgl") and number
 * words as digits ("dua belas" → "12"), so that the parsers know one form of each.
 */
export function rewriteDateWords(text: string): RewrittenText {
  const rewritten = new RewrittenText();
  const tokens = tokenise(text).flatMap(splitDigits);
  let end = 0;
  for (let i = 0; i < tokens.length;) {
    const token = tokens[i];
    if (token === undefined) break;
    addSeparator(rewritten, text, end, token.start);
    const number = readNumber(text, tokens, i);
    if (number !== undefined) {
      rewritten.add(String(number.value), token.start, number.end);
      end = number.end;
      i += number.length;
      continue;
    }
    const joined = joinJumat(text, token, tokens[i + 1]);
    end = joined ?? token.end;
    rewritten.add(
      joined === undefined ? mend(token, tokens[i - 1], tokens[i + 1]) : 'jumat',
      token.start,
      end,
    );
    i += joined === undefined ? 1 : 2;
  }
  addSeparator(rewritten, text, end, text.length);
  return rewritten;
}

const MIXED = /^(?=.*\d)(?=.*[a-z])(?!\d{1,2}(?:st|nd|rd|th)$)[a-z\d]{1,40}$/;

/** "tgl12", "jam9pagi", "15Mar26": written together, read apart. */
function splitDigits(token: Token): Token[] {
  if (!MIXED.test(token.norm) || token.norm.length !== token.raw.length) return [token];
  return [...token.norm.matchAll(/\d+|[a-z]+/g)].map((part) => {
    const start = token.start + part.index;
    return { raw: part[0], norm: part[0], start, end: start + part[0].length };
  });
}

function spell(word: string): string {
  const short = shortenElongation(word);
  return SPELLINGS.get(short) ?? short;
}

const NEAR_MONTHS = new NearWords(MONTH_NAMES.filter((name) => name.length >= 5));
const NEAR_DAYS = new NearWords([...WEEKDAY_NAMES.filter((name) => name !== 'minggu'), 'besok']);
const AFTER_DAY =
  /^(?:depan|dpn|ini|jam|jm|pukul|pkl|tgl|tanggal|minggu|pekan|besok|pagi|siang|sore|malam|ya|next|\d{1,2})$/;

/** "12 Feburari", "hari kamsi", "bseok jam 9": a slip is mended only where a month or a day is to be expected. */
function mend(token: Token, previous: Token | undefined, next: Token | undefined): string {
  const word = spell(token.norm);
  if (word !== token.norm || word.length < 5 || word.length > 10) return word;
  if (/^\d{1,2}$/.test(previous?.norm ?? '') || previous?.norm === 'bulan')
    return NEAR_MONTHS.find(word).words[0] ?? word;
  const isExpected = previous?.norm === 'hari' || (next !== undefined && AFTER_DAY.test(next.norm));
  return isExpected && !NOT_DAYS.has(word) ? (NEAR_DAYS.find(word, 1).words[0] ?? word) : word;
}
/** Words one letter away from a day's name. */
const NOT_DAYS = new Set(
  'selama selada selasar kamus gamis jimat lumat kumat umat sabut belok besek besuk'.split(' '),
);

function addSeparator(rewritten: RewrittenText, text: string, start: number, end: number): void {
  if (start >= end) return;
  rewritten.add(text.slice(start, end).replace(/\s/g, ' ').replace(/[–—]/g, '-'), start, end);
}

/** "jum at" with a blank where the apostrophe belongs. */
function joinJumat(text: string, token: Token, next: Token | undefined): number | undefined {
  if (token.norm !== 'jum' || next?.norm !== 'at') return undefined;
  return next.start - token.end <= 2 && text.slice(token.end, next.start).trim().length <= 1
    ? next.end
    : undefined;
}

/** Numbers up to 39 in words: all that days, hours and minutes by the ten need, and "empat puluh lima" for minutes. */
function readNumber(
  text: string,
  tokens: readonly Token[],
  at: number,
): { value: number; end: number; length: number } | undefined {
  const first = NUMBERS.get(spell(tokens[at]?.norm ?? ''));
  const start = tokens[at];
  if (first === undefined || start === undefined) return undefined;
  const word = (offset: number): Token | undefined => {
    const [before, token] = [tokens[at + offset - 1], tokens[at + offset]];
    return before && token && /^\s{1,3}$/.test(text.slice(before.end, token.start)) ? token : undefined;
  };
  const second = word(1);
  if (second?.norm === 'belas' && first >= 2 && first <= 9)
    return { value: first + 10, end: second.end, length: 2 };
  if (second?.norm === 'puluh' && first >= 2 && first <= 9) {
    const third = word(2);
    const unit = NUMBERS.get(spell(third?.norm ?? ''));
    if (third !== undefined && unit !== undefined && unit >= 1 && unit <= 9) {
      return { value: first * 10 + unit, end: third.end, length: 3 };
    }
    return { value: first * 10, end: second.end, length: 2 };
  }
  return { value: first, end: start.end, length: 1 };
}
