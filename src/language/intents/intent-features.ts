import { EVERYDAY_WORDS, REGION_NAMES } from '../regions/region-names.js';
import { NearWords } from '../text/near-words.js';
import { plainWords } from '../text/plain-words.js';
import { stem } from '../text/stem.js';
import { conceptsIn } from './intent-concepts.js';
import { INTENT_RULES } from './intent-rules.js';

/** More words than this say no more about what is wanted; a long question is a question by its first lines. */
const MOST_WORDS = 60;
const PLACE = '@place';

/** What a message shows the model: its stems, neighbouring pairs of them, the rules it meets, its shape. */
export function intentFeatures(text: string, vocabulary?: Vocabulary): string[] {
  const words = plainWords(text).slice(0, MOST_WORDS);
  const features: string[] = ['bias'];
  const mended: string[] = [];
  let previous = '^';
  for (const word of words) {
    const known = isPlace(word) ? PLACE : (vocabulary?.correct(word) ?? stemOf(word));
    features.push(known, `${previous} ${known}`);
    mended.push(known);
    previous = known;
  }
  features.push(`${previous} $`, `length ${lengthClass(words.length)}`);
  if (text.includes('?')) features.push('shape ?');
  const concepts = [...conceptsIn(words, mended)].sort();
  concepts.forEach((concept, i) => {
    features.push(`about ${concept}`);
    for (const other of concepts.slice(i + 1)) features.push(`about ${concept}+${other}`);
  });
  const joined = ` ${words.join(' ')} `;
  for (const rule of INTENT_RULES) {
    if (rule.pattern.test(joined)) features.push(`rule ${rule.intent}`);
  }
  return [...new Set(features)];
}

/** Words of the examples; an unknown word one slip away from one of them is read as that. */
export class Vocabulary {
  readonly #stems: Set<string>;
  readonly #near: NearWords;

  constructor(texts: readonly string[]) {
    this.#stems = new Set(texts.flatMap((text) => plainWords(text).map(stemOf)));
    this.#near = new NearWords([...this.#stems].filter((word) => word.length >= 5));
  }

  correct(word: string): string {
    const own = stemOf(word);
    if (own.length < 5 || this.#stems.has(own)) return own;
    return this.#near.find(own).words[0] ?? own;
  }
}

/** Numbers are alike here: which ticket or which day is not a matter of intent. */
function stemOf(word: string): string {
  return /\d/.test(word) ? '0' : stem(word);
}

/** Which place it is says nothing about what is wanted, and "Bandung" is no slip of "banding". */
function isPlace(word: string): boolean {
  return REGION_NAMES.has(word) && !EVERYDAY_WORDS.has(word);
}

function lengthClass(words: number): string {
  if (words <= 2) return String(words);
  return words <= 4 ? '3-4' : words <= 9 ? '5-9' : '10+';
}
