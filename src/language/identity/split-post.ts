import { tokenise } from '../text/tokens.js';
import { HONORIFICS, POSITION_HEADS } from './identity-words.js';
import { readNameAt } from './name-words.js';
import { isInflected } from './word-shapes.js';

/** Longer than the name of anybody, titles and degrees aside. */
const MOST_WORDS = 6;

/** "pak Budi Contoh kasubbag keuangan": a name and, behind it, a position; undefined where it is not both. */
export function splitPost(text: string): { name: string; position: string } | undefined {
  const post = tokenise(text).find(({ norm, start }) => start > 0 && POSITION_HEADS.has(norm));
  if (!post) return undefined;
  const name = text.slice(0, post.start).trim();
  return isPersonName(name) ? { name, position: text.slice(post.start).trim() } : undefined;
}

/** True when all of it is a name, as far as its words tell: no position, no question, no digit, no verb. */
export function isPersonName(text: string): boolean {
  const said = text.trim().replace(/[.,]+$/u, '');
  const name = readNameAt(said, 0);
  if (!name || name.words > MOST_WORDS || /[^\s.,]/u.test(said.slice(name.end))) return false;
  return name.isCapitalised || !tokenise(said).some(({ norm }) => isInflected(norm));
}

/** "Bapak Bupati", "Kasubbag Keuangan": begins with a position, and names nobody. */
export function beginsWithPost(text: string): boolean {
  const first = tokenise(text).find(({ norm }) => !HONORIFICS.has(norm));
  return first !== undefined && POSITION_HEADS.has(first.norm);
}
