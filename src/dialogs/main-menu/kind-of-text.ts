/** A message of at least this many words, or one that asks, is a question and not a request for a form. */
const QUESTION_WORDS = 7;
const FEWEST_WORDS = 3;

export function isQuestion(text: string): boolean {
  return wordsIn(text) >= QUESTION_WORDS || (wordsIn(text) >= FEWEST_WORDS && text.includes('?'));
}

/** A few words that make a sentence: what they are about is worth asking. */
export function isStory(text: string): boolean {
  return wordsIn(text) >= STORY_WORDS || isQuestion(text);
}

const STORY_WORDS = 4;

const LONGEST_REQUEST = 16;
const WISHES =
  /\b(?:mau|ingin|izin|ijin|numpang|boleh|bisa|hendak|want|like)\b(?: \w+){0,2} (?:tanya|bertanya|nanya|menanyakan|konsultasi|berkonsultasi|ask|consult)\b|\b(?:ada|have|got)\b(?: \w+){0,2} (?:pertanyaan|question|questions)\b/iu;
const ASKS =
  /\?|\b(?:apakah|bagaimana|gimana|kapan|kenapa|mengapa|berapa|bolehkah|bisakah|how|when|why|whether|what|which)\b/iu;

/** "Oh ya, mau tanya dana desa juga": a consultation is wished for, and its question is still to come. */
export function isRequest(text: string): boolean {
  return wordsIn(text) <= LONGEST_REQUEST && WISHES.test(text) && !ASKS.test(text);
}

function wordsIn(text: string): number {
  return text.trim().split(/\s+/u).length;
}
