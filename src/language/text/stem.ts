import { stemmer } from '@orama/stemmers/indonesian';

const LARGEST = 20_000;
const known = new Map<string, string>();

/** The stem of an Indonesian word ("pengaduan" → "adu"); remembered, because the stemmer costs more than the rest. */
export function stem(word: string): string {
  if (word.length < 4 || word.length > 40) return word;
  let found = known.get(word);
  if (found === undefined) {
    found = stemmer(word);
    if (known.size >= LARGEST) known.clear();
    known.set(word, found);
  }
  return found;
}
