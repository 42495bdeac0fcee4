import { tokenise, type Token } from '../text/tokens.js';
import type { Span } from '../types.js';
import { unifySpelling } from './region-names.js';

const MOST_ADDRESSES = 20;
/** "una2" → "unauna": the 2 of the old spelling says a word twice. */
const DOUBLED = /^([a-z]{3,15})2$/;

/** The words a region may be named by, in the spelling the names are kept in, without the parts left out. */
export function regionTokens(text: string, excluded: readonly Span[]): Token[] {
  const skipped = [...excluded, ...localParts(text)];
  const tokens = tokenise(text).filter(
    (token) => !skipped.some((span) => token.start < span.end && token.end > span.start),
  );
  const words = unifySpelling(tokens.map((token) => token.norm.replace(DOUBLED, '$1$1')));
  return tokens.map((token, i) => ({ ...token, norm: words[i] ?? token.norm }));
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
