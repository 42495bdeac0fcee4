import { loadData } from './load-data.js';
import { plainWords } from './text/plain-words.js';

/** Asked in passing, of the assistant itself or of what becomes of one's data. */
export type Aside = 'about_bot' | 'about_data';

/** Longer messages ask for more than that. */
const LONGEST_ASIDE = 120;
const COURTESY =
  '(?:(?:maaf|permisi|halo|eh|oh|hai|apakah|apa|sebentar|btw|tapi|tanya|mau|saya|izin|ijin|hmm|lho|loh|hey|sorry|excuse me) )*';
const CLOSING =
  '(?:(?:ya|sih|kah|pak|bu|min|kak|dong|tidak|deh|nih|yang|jawab|saja|tu|mas|mbak|sebenarnya|exactly|please|itu|ini) )*';
const patterns = loadData('asides.json') as Record<Aside | 'upset', string[]>;
const ASIDES: readonly [Aside, RegExp][] = [
  ['about_bot', wholeOf(patterns.about_bot)],
  ['about_data', wholeOf(patterns.about_data)],
];
const UPSET = new RegExp(` (?:${patterns.upset.join('|')}) `);
/** Animals and family names beside which the word is no abuse: "anjing laut", "rabies pada babi". */
const HARMLESS = / (?:rabies|ternak|peternakan|populasi|vaksin\w*|hewan|satwa) /;

/** "ini bot ya?", "data saya dipakai untuk apa?": questions to answer before going on. */
export function recogniseAside(text: string): Aside | undefined {
  if (text.length > LONGEST_ASIDE) return undefined;
  const joined = ` ${plainWords(text).join(' ')} `;
  return ASIDES.find(([, pattern]) => pattern.test(joined))?.[0];
}

/** Swear words and open anger, as whole words. */
export function soundsUpset(text: string): boolean {
  const joined = ` ${plainWords(text).join(' ')} `;
  return UPSET.test(joined) && !HARMLESS.test(joined);
}

/** The question may be wrapped in courtesies, but is all there is. */
function wholeOf(phrases: readonly string[]): RegExp {
  return new RegExp(`^ ${COURTESY}(?:${phrases.join('|')}) ${CLOSING}$`);
}
