import { loadData } from '../load-data.js';
import { stem } from '../text/stem.js';

const LONGEST_PHRASE = 4;
const CONCEPTS = readConcepts();

/** What the words of a message speak of ("visit", "cancel", "topic"), so that one example teaches all its synonyms. */
export function conceptsIn(words: readonly string[], mended: readonly string[]): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i < words.length; i++) {
    let phrase = '';
    for (let length = 1; length <= LONGEST_PHRASE && i + length <= words.length; length++) {
      phrase = length === 1 ? (words[i] ?? '') : `${phrase} ${words[i + length - 1] ?? ''}`;
      for (const concept of CONCEPTS.get(phrase) ?? []) found.add(concept);
    }
    for (const concept of CONCEPTS.get(mended[i] ?? '') ?? []) found.add(concept);
  }
  return found;
}

function readConcepts(): Map<string, string[]> {
  const byPhrase = new Map<string, string[]>();
  const add = (phrase: string, concept: string): void => {
    const known = byPhrase.get(phrase);
    if (known === undefined) byPhrase.set(phrase, [concept]);
    else if (!known.includes(concept)) known.push(concept);
  };
  for (const [concept, phrases] of Object.entries(
    loadData('intent-concepts.json') as Record<string, string[]>,
  )) {
    for (const phrase of phrases) {
      add(phrase, concept);
      if (!phrase.includes(' ')) add(stem(phrase), concept);
    }
  }
  return byPhrase;
}
