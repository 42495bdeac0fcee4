import { distance } from 'fastest-levenshtein';

/**
 * Finds the known words within one edit (two for words of nine letters and more) of a word. Both sides are looked up
 * by their deletions, so that the cost does not grow with the number of known words.
 */
export class NearWords {
  readonly #byDeletion = new Map<string, string[]>();

  constructor(words: Iterable<string>) {
    for (const word of words) {
      for (const form of deletions(word, reach(word))) {
        const known = this.#byDeletion.get(form);
        if (known === undefined) this.#byDeletion.set(form, [word]);
        else known.push(word);
      }
    }
  }

  /** The nearest known words within `farthest` edits, all at the same distance; empty when none is near. */
  find(word: string, farthest = 2): { words: string[]; edits: number } {
    const depth = Math.min(farthest, reach(word));
    let best = depth + 1;
    let words: string[] = [];
    const seen = new Set<string>();
    for (const form of deletions(word, depth)) {
      for (const known of this.#byDeletion.get(form) ?? []) {
        if (seen.has(known)) continue;
        seen.add(known);
        const edits = editsBetween(word, known);
        if (edits < best) {
          best = edits;
          words = [known];
        } else if (edits === best && edits <= depth) words.push(known);
      }
    }
    return { words, edits: best };
  }
}

const LONGEST_WORD = 30;

function reach(word: string): number {
  if (word.length < 5 || word.length > LONGEST_WORD) return 0;
  return word.length < 9 ? 1 : 2;
}

/** Two neighbouring letters swapped count as one edit: that is how thumbs err. */
function editsBetween(a: string, b: string): number {
  if (a.length === b.length) {
    let i = 0;
    while (i < a.length && a[i] === b[i]) i++;
    if (a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2) && i < a.length) return 1;
  }
  return distance(a, b);
}

function deletions(word: string, depth: number): Set<string> {
  const forms = new Set([word]);
  let last = [word];
  for (let d = 0; d < depth; d++) {
    const next: string[] = [];
    for (const form of last) {
      for (let i = 0; i < form.length; i++) {
        const shorter = form.slice(0, i) + form.slice(i + 1);
        if (!forms.has(shorter)) {
          forms.add(shorter);
          next.push(shorter);
        }
      }
    }
    last = next;
  }
  return forms;
}
