import type { Found, Intent } from '../types.js';
import { classifyIntent, type IntentGuess } from './classify-intent.js';

/** A clause says less than a message: what it wants must be clear to count as a wish of its own. */
const CLEAR = 0.75;
const LONGEST = 600;
const MOST_CLAUSES = 6;
const COURTESIES: ReadonlySet<Intent> = new Set<Intent>(['greet', 'thanks', 'unknown']);
const BETWEEN_CLAUSES =
  /[.!?;,\n]+(?=\s|$)|\s(?:terus|trus|trs|lalu|kemudian|sekalian|sklian|selain itu|dan juga|sama mau|plus|then|also|and also|as well as|(?:dan|and)(?= (?:mau|ingin|minta|mohon|tolong|bagaimana|gimana|gmn|apakah|apa|kapan|jam|berapa|can|could|what|how|please|i|we)\s))\s/giu;

/** Every thing a message asks for, in order; `whole` is what it asks for when read as one. */
export function findIntents(text: string, whole: IntentGuess): Found<Intent>[] {
  const one: Found<Intent>[] = [
    { value: whole.intent, span: trimmed(text, 0, text.length), confidence: whole.confidence },
  ];
  if (text.length > LONGEST) return one;
  const clauses = splitClauses(text);
  if (clauses.length < 2 || clauses.length > MOST_CLAUSES) return one;
  const found: Found<Intent>[] = [];
  for (const { start, end } of clauses) {
    const { intent, confidence } = classifyIntent(text.slice(start, end));
    const last = found[found.length - 1];
    if (COURTESIES.has(intent) || confidence < CLEAR) continue;
    if (last?.value === intent) last.span.end = end;
    else found.push({ value: intent, span: { start, end }, confidence });
  }
  return found.length < 2 ? one : found;
}

/** Clauses of at least two words, each with where it stands. */
function splitClauses(text: string): { start: number; end: number }[] {
  const clauses: { start: number; end: number }[] = [];
  let start = 0;
  for (const match of [...text.matchAll(BETWEEN_CLAUSES), undefined]) {
    const end = match?.index ?? text.length;
    const span = trimmed(text, start, end);
    if (/\S\s+\S/.test(text.slice(span.start, span.end))) clauses.push(span);
    start = match === undefined ? end : end + match[0].length;
  }
  return clauses;
}

function trimmed(text: string, from: number, to: number): { start: number; end: number } {
  const part = text.slice(from, to);
  const start = from + (part.length - part.trimStart().length);
  return { start: Math.min(start, to), end: Math.max(start, from + part.trimEnd().length) };
}
