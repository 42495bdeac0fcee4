import type { Turn } from '../conversation/dialog.js';
import { detectLanguage } from '../language/index.js';
import type { Language } from '../shared/i18n.js';

const INDONESIAN = /\b(indonesia|indonesian|indo)\b/iu;
const ENGLISH = /\b(english|inggris|inggeris)\b/iu;

/** Turns to the language that is named, or to the other one. */
export function switchLanguage(turn: Turn, text = ''): void {
  turn.language = named(text) ?? (turn.language === 'id' ? 'en' : 'id');
  turn.say(turn.t('common:languageSwitched'));
}

/** Words of whole sentences; titles and names of offices ("Head of Finance") are no change of language. */
const SENTENCES: Readonly<Record<Language, RegExp>> = {
  id: /\b(?:saya|kami|apa|apakah|bagaimana|gimana|kapan|mau|ingin|tolong|mohon|bisa|tidak|ini|itu|yang|untuk|sudah|belum|kalau|tapi)\b/giu,
  en: /\b(?:i|we|you|it|is|are|was|were|what|how|when|where|can|could|please|my|our|do|does|did|have|has|would|will|need|want|not|this)\b/giu,
};
const FEWEST_WORDS = 4;

/** Answers in the language that the user plainly writes. */
export function followLanguage(turn: Turn, text: string): void {
  const language = detectLanguage(text);
  if (language === undefined || language === turn.language) return;
  if (text.trim().split(/\s+/u).length < FEWEST_WORDS) return;
  if ((text.match(SENTENCES[language])?.length ?? 0) >= 2) turn.language = language;
}

function named(text: string): Language | undefined {
  if (ENGLISH.test(text)) return 'en';
  return INDONESIAN.test(text) ? 'id' : undefined;
}
