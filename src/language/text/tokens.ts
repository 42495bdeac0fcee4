/** A word or number of the text; `norm` is lower-cased, without diacritics and apostrophes. */
export interface Token {
  raw: string;
  norm: string;
  start: number;
  end: number;
}

const WORD = /[\p{L}\p{N}\p{M}]+(?:['’‘`´][\p{L}\p{N}\p{M}]+)*/gu;
const PLAIN = /^[a-z0-9]*$/;
const MARKS_AND_APOSTROPHES = /[\p{M}'’‘`´]/gu;

export function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(WORD)) {
    const raw = match[0];
    tokens.push({ raw, norm: foldWord(raw), start: match.index, end: match.index + raw.length });
  }
  return tokens;
}

export function foldWord(word: string): string {
  const lower = word.toLowerCase();
  return PLAIN.test(lower) ? lower : lower.normalize('NFKD').replace(MARKS_AND_APOSTROPHES, '');
}

const ELONGATED = /([a-z])\1{2,}/g;

/** "haloooo" → "halo", "iyaaa" → "iya"; doubled letters stay. */
export function shortenElongation(word: string): string {
  return word.replace(ELONGATED, '$1');
}
