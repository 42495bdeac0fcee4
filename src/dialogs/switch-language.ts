import type { Turn } from '../conversation/dialog.js';
import type { Language } from '../shared/i18n.js';

const INDONESIAN = /\b(indonesia|indonesian|indo)\b/iu;
const ENGLISH = /\b(english|inggris|inggeris)\b/iu;

/** Turns to the language that is named, or to the other one. */
export function switchLanguage(turn: Turn, text = ''): void {
  turn.language = named(text) ?? (turn.language === 'id' ? 'en' : 'id');
  turn.say(turn.t('common:languageSwitched'));
}

function named(text: string): Language | undefined {
  if (ENGLISH.test(text)) return 'en';
  return INDONESIAN.test(text) ? 'id' : undefined;
}
