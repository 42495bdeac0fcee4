const FEWEST_WORDS = 4;

/** Longer than any name, post or office: a letter, or a story. */
const LONG = 300;

const ASKING =
  /\?|(?:^|[.,;:\n] *)(?:apakah|apa|bagaimana|gimana|kapan|kenapa|mengapa|berapa|bolehkah|bisakah|how|what|when|why|which|can|could|may|is|are|do|does)\b|\b(?:mohon|minta|butuh) (?:penjelasan|arahan|petunjuk|informasi|info|bantuan|saran)\b|\b(?:mau|ingin|izin|ijin|numpang) (?:tanya|bertanya|menanyakan|nanya)\b/iu;

/** True for what reads as the matter somebody comes with, and not as an answer about themselves. */
export function asksSomething(text: string): boolean {
  return text.length > LONG || (text.trim().split(/\s+/u).length >= FEWEST_WORDS && ASKING.test(text));
}
