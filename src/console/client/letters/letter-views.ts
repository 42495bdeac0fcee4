/** What the list of letters can show; the server knows the same names. */
export const LETTER_VIEWS = ['my-turn', 'on-the-way', 'signed', 'withdrawn'] as const;
export type LettersView = (typeof LETTER_VIEWS)[number];
