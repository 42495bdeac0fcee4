import { loadData } from '../load-data.js';
import { shortenElongation, tokenise } from './tokens.js';

const SLANG = new Map(Object.entries(loadData('slang.json') as Record<string, string>));
/** Enough to tell what a message is about; the rest of a long question only costs time. */
const LONGEST_READ = 1200;

/** The words of a message, lower-cased, with slang and abbreviations written out ("gmn" → "bagaimana"). */
export function plainWords(text: string): string[] {
  const words: string[] = [];
  for (const { norm } of tokenise(text.slice(0, LONGEST_READ))) {
    const word = shortenElongation(norm);
    const plain = SLANG.get(word) ?? SLANG.get(norm) ?? word;
    if (plain.includes(' ')) words.push(...plain.split(' '));
    else words.push(plain);
  }
  return words;
}
