import type { Profile } from '../../models/conversation.js';
import { runningNumber } from './ticket-number.js';

/** Beginnings of this length are stored; a longer word is found by its first eight letters. */
const SHORTEST = 2;
const LONGEST = 8;

/** Words of name and agency that are kept: what comes after them does not tell tickets apart. */
const MOST_WORDS = 16;

/**
 * What a ticket is found by. Stored beginnings make a prefix search an equality on an index, which stays fast and
 * in order however many tickets there are.
 */
export function searchTermsOf(number: string, { name = '', agency = '' }: Profile): string[] {
  const words = wordsOf(`${name} ${agency}`).slice(0, MOST_WORDS);
  return [...new Set([runningNumber(number), ...words.flatMap(beginnings)])];
}

/** The stored terms that a ticket must all have; empty when the query says too little to search by. */
export function searchTermsFor(query: string): string[] {
  return [...new Set(wordsOf(query).map((word) => word.slice(0, LONGEST)))];
}

function beginnings(word: string): string[] {
  if (word.length <= SHORTEST) return [word];
  const lengths = Math.min(word.length, LONGEST) - SHORTEST + 1;
  return Array.from({ length: lengths }, (_, index) => word.slice(0, SHORTEST + index));
}

/** Leading zeros say nothing: "000123" and "123" are the same number. */
function wordsOf(text: string): string[] {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.replace(/^0+(?=\d+$)/, ''));
}
