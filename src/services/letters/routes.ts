import type { LetterKind, LetterStation, Post } from '../../models/official-letter.js';

export { LETTER_KINDS, POSTS } from '../../models/official-letter.js';

const TYPED: LetterStation = { post: 'pelaksana-msklip', act: 'type' };
const BY_KABAG: readonly LetterStation[] = [
  TYPED,
  { post: 'kasubbag-msklip', act: 'initial' },
  { post: 'kabag-hkk', act: 'sign' },
];
const BY_SESDITJEN: readonly LetterStation[] = [
  TYPED,
  { post: 'kasubbag-msklip', act: 'initial' },
  { post: 'kabag-hkk', act: 'initial' },
  { post: 'sesditjen', act: 'sign' },
];

/** The way of each letter (R-B4, R-B5; SOP-195 11.d–f, SOP-179 11.d–g). */
export const ROUTES: Readonly<Record<LetterKind, readonly LetterStation[]>> = {
  unit: BY_KABAG,
  'network-secretary': BY_KABAG,
  'network-systems': BY_SESDITJEN,
  'network-regional': BY_SESDITJEN,
};

/** Who signs, as the letter's sender. */
export function signatory(route: readonly LetterStation[]): Post {
  return route.at(-1)?.post ?? 'kabag-hkk';
}
