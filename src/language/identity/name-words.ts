import { tokenise, type Token } from '../text/tokens.js';
import { AGENCY_HEADS, DEGREES, HONORIFICS, NAME_STOPS, POSITION_HEADS, TITLES } from './identity-words.js';

const LONGEST_NAME = 9;
const NAME_WORD = /^[\p{L}\p{M}]+(?:['’`][\p{L}\p{M}]+)*$/u;
/** What may stand between two words of a name; degrees may follow a comma. */
const INSIDE = /^(?:[ .]{1,3}|-|' ?)$/;
const BEFORE_DEGREE = /^ ?[.,]? ?$/;

export interface NameSpan {
  start: number;
  end: number;
  /** Words that are neither titles nor degrees. */
  words: number;
  isCapitalised: boolean;
}

/** The longest run of name words from a position on, with its titles and degrees, without honorifics. */
export function readNameAt(text: string, from: number): NameSpan | undefined {
  const tokens = tokenise(text.slice(from, from + 120)).map((token): Token => ({
    ...token,
    start: token.start + from,
    end: token.end + from,
  }));
  let at = 0;
  while (HONORIFICS.has(tokens[at]?.norm ?? '')) at++;
  const first = tokens[at];
  if (first === undefined || /[\n;:?!]/.test(text.slice(from, first.start))) return undefined;
  const run = readRun(text, tokens, at);
  if (run.words === 0) return undefined;
  const closesWithDot = text[run.end] === '.' && endsInDegree(text, first.start, run.end);
  return {
    start: first.start,
    end: run.end + (closesWithDot ? 1 : 0),
    words: run.words,
    isCapitalised: run.capitalised === run.words,
  };
}

function readRun(
  text: string,
  tokens: readonly Token[],
  start: number,
): { words: number; capitalised: number; end: number } {
  const run = { words: 0, capitalised: 0, end: tokens[start]?.start ?? 0 };
  for (let i = start; i < tokens.length && i < start + LONGEST_NAME;) {
    const degree = run.words > 0 ? readDegree(text, tokens, i, run.end) : undefined;
    if (degree !== undefined) {
      run.end = degree.end;
      i = degree.next;
      continue;
    }
    const token = tokens[i];
    if (token === undefined || !(isNameWord(token, run.words) || isWaOde(tokens, i))) break;
    if (
      i > start &&
      (!INSIDE.test(text.slice(run.end, token.start)) || endsSentence(text, tokens[i - 1], token))
    )
      break;
    if (!(TITLES.has(token.norm) && run.words === 0)) {
      run.words++;
      if (/^\p{Lu}/u.test(token.raw)) run.capitalised++;
    }
    run.end = token.end;
    i++;
  }
  return run;
}

function isNameWord(token: Token, wordsBefore: number): boolean {
  if (!NAME_WORD.test(token.raw) || /\p{L}{4}nya$/u.test(token.norm)) return false;
  if (TITLES.has(token.norm)) return wordsBefore === 0 || token.norm === 'h';
  return (
    !NAME_STOPS.has(token.norm) &&
    !HONORIFICS.has(token.norm) &&
    !POSITION_HEADS.has(token.norm) &&
    !AGENCY_HEADS.has(token.norm)
  );
}

/** "Wa Ode", of Buton, whose first word is short for WhatsApp elsewhere. */
function isWaOde(tokens: readonly Token[], at: number): boolean {
  return tokens[at]?.norm === 'wa' && tokens[at + 1]?.norm === 'ode';
}

/** "Siti. Saya dari ..." ends at the dot; "M. Yusuf" and "Drs. Budi" do not. */
function endsSentence(text: string, previous: Token | undefined, token: Token): boolean {
  if (previous === undefined || !text.slice(previous.end, token.start).includes('.')) return false;
  return previous.norm.length > 2 && !TITLES.has(previous.norm) && !DEGREES.has(previous.norm);
}

/** "S.E.", "M. Si", "Ak", "M.Ec.Dev": one to three parts that make a known degree. */
function readDegree(
  text: string,
  tokens: readonly Token[],
  at: number,
  end: number,
): { end: number; next: number } | undefined {
  const first = tokens[at];
  if (first === undefined || !BEFORE_DEGREE.test(text.slice(end, first.start))) return undefined;
  const hasComma = text.slice(end, first.start).includes(',');
  let joined = '';
  let found: { end: number; next: number } | undefined;
  for (let length = 1; length <= 4; length++) {
    const token = tokens[at + length - 1];
    const previous = tokens[at + length - 2];
    if (token === undefined || token.raw.length > 6) break;
    if (length > 1 && (previous === undefined || !/^\. ?$/.test(text.slice(previous.end, token.start))))
      break;
    joined += token.norm;
    const hasBlank = /\s/.test(text.slice(first.start, token.end));
    const isWritten = hasComma || length > 1 || /^\p{Lu}{2}|^\p{Lu}\p{Ll}?\p{Lu}?/u.test(token.raw);
    const isKnown = DEGREES.has(joined) || (hasComma && length > 1 && !hasBlank && DEGREE_SHAPE.test(joined));
    if (isKnown && isWritten && joined.length > 1) {
      const dot = text[token.end] === '.' ? 1 : 0;
      found = { end: token.end + dot, next: at + length };
    }
  }
  return found;
}

/** Degrees are endless ("Sp.OG", "S.Tr.IP"), but they begin alike. */
const DEGREE_SHAPE = /^(?:s|m|a|b|d|sp|amd|ph|ll|cert)[a-z]{1,7}$/;

function endsInDegree(text: string, start: number, end: number): boolean {
  const last = /[\p{L}.]+$/u.exec(text.slice(start, end))?.[0] ?? '';
  return /^\p{Lu}$/u.test(last) || DEGREES.has(last.toLowerCase().replace(/\./g, ''));
}
