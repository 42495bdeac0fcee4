const FEWEST_WORDS = 4;

/** Longer than any name, post or office: a letter, or a story. */
const LONG = 300;

const ASKING =
  /\?|(?:^|[.,;:\n] *)(?:apakah|apa|bagaimana|gimana|kapan|kenapa|mengapa|berapa|bolehkah|bisakah|how|what|when|why|which|can|could|may|is|are|do|does)\b|\b(?:mohon|minta|butuh) (?:penjelasan|arahan|petunjuk|informasi|info|bantuan|saran)\b|\b(?:mau|ingin|izin|ijin|numpang) (?:tanya|bertanya|menanyakan|nanya)\b/iu;

/** True for what reads as the matter somebody comes with, and not as an answer about themselves. */
export function asksSomething(text: string): boolean {
  if (text.length > LONG) return true;
  const said = text.trim().replace(TAG, '');
  return said.split(/\s+/u).length >= FEWEST_WORDS && ASKING.test(said);
}

/** "Nama saya Joko. Puas?" */
const TAG = /[.,!;] *(?:puas|ya|ok|oke|paham|jelas|kan|right|happy|clear)\s*\?+$/iu;
