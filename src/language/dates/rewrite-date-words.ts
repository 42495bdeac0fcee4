import { loadData } from '../load-data.js';
import { RewrittenText } from '../text/rewritten-text.js';
import { readNumber } from './read-number.js';
import { MONTH_NAMES, WEEKDAY_NAMES } from './parser-support.js';
import { NearWords } from '../text/near-words.js';
import { shortenElongation, tokenise, type Token } from '../text/tokens.js';

const { spellings } = loadData('date-words.json') as { spellings: Record<string, string> };
const SPELLINGS = new Map(Object.entries(spellings));

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
    if (token.start === end && i > 0) rewritten.add(' ', end, end);
    addSeparator(rewritten, text, end, token.start);
    const number = readNumber(text, tokens, i, spell);
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

const LETTER_FOR_DIGIT = /^(?:\d{1,3}o{1,2}|[li]\d)$/;

/** "tgl12", "jam9pagi", "15Mar26": written together, read apart. "1o" and "l2" are ten and twelve. */
function splitDigits(token: Token): Token[] {
  if (LETTER_FOR_DIGIT.test(token.norm) && token.norm.length === token.raw.length)
    return [{ ...token, norm: token.norm.replace(/o/g, '0').replace(/[li]/g, '1') }];
  if (!MIXED.test(token.norm) || token.norm.length !== token.raw.length) return [token];
  return [...token.norm.matchAll(/\d+|[a-z]+/g)].map((part) => {
    const start = token.start + part.index;
    return { raw: part[0], norm: part[0], start, end: start + part[0].length };
  });
}

const CLITIC = /(?:pi|mi|ji|ki|kah|lah|pun|nya|an|mah|na|ma|la)$/;
const DAY_WORDS = new Set([...WEEKDAY_NAMES, 'besok', 'lusa', 'kemarin']);

/** The one form of a word; "besokpi" and "lusanya" without the particle that clings to them. */
function spell(word: string): string {
  const short = shortenElongation(word);
  const spelt = SPELLINGS.get(short);
  if (spelt !== undefined) return spelt;
  const bare = short.replace(CLITIC, '');
  const day = bare === short ? bare : (SPELLINGS.get(bare) ?? bare);
  return DAY_WORDS.has(day) && short !== 'mingguan' ? day : short;
}

const NEAR_MONTHS = new NearWords(MONTH_NAMES.filter((name) => name.length >= 5));
const NEAR_DAYS = new NearWords([
  ...WEEKDAY_NAMES,
  'besok',
  ...'monday tuesday wednesday thursday friday saturday sunday tomorrow'.split(' '),
]);
const NEAR_LEADS = new NearWords(['tanggal', 'pukul', 'setengah']);
const AFTER_DAY =
  /^(?:depan|dpn|ini|lalu|jam|jm|pukul|pkl|tgl|tanggal|minggu|pekan|besok|pagi|siang|sore|malam|ya|next|morning|afternoon|at|\d{1,2})$/;

/** "12 Feburari", "hari kamsi", "bseok jam 9": a slip is mended only where a month or a day is to be expected. */
function mend(token: Token, previous: Token | undefined, next: Token | undefined): string {
  const word = spell(token.norm);
  if (word !== token.norm || word.length < 5 || word.length > 10) return word;
  if (isShortNumber(previous) || previous?.norm === 'bulan') return NEAR_MONTHS.find(word).words[0] ?? word;
  const lead = isShortNumber(next) ? NEAR_LEADS.find(word, 1).words[0] : undefined;
  if (lead !== undefined) return lead;
  if (!isDayExpected(previous, next) || NOT_DAYS.has(word)) return word;
  return spell(NEAR_DAYS.find(word, 1).words[0] ?? word);
}
function isShortNumber(token: Token | undefined): boolean {
  return token !== undefined && /^\d{1,2}$/.test(token.norm);
}

function isDayExpected(previous: Token | undefined, next: Token | undefined): boolean {
  if (next === undefined) return previous === undefined || previous.norm === 'hari';
  return previous?.norm === 'hari' || AFTER_DAY.test(next.norm);
}

/** Words one letter away from a day's name. */
const NOT_DAYS = new Set(
  'selama selada selasar kamus gamis jimat lumat kumat umat sabut belok besek besuk minggir sesok today'.split(
    ' ',
  ),
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
