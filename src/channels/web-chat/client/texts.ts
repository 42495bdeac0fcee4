import { page as english } from '../../../../locales/en/chat.json';
import { page as indonesian } from '../../../../locales/id/chat.json';
import { keep, localStore } from './browser.js';

export type PageLanguage = 'id' | 'en';
export type TextKey = keyof typeof indonesian;

/** Writes one of the page's own texts. */
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

const LANGUAGE = 'dering.language';
const TEXTS: Record<PageLanguage, Record<TextKey, string>> = { id: indonesian, en: english };

export function rememberedLanguage(): PageLanguage {
  return localStore()?.getItem(LANGUAGE) === 'en' ? 'en' : 'id';
}

export function rememberLanguage(language: PageLanguage): void {
  keep(localStore(), LANGUAGE, language);
}

export function texts(language: PageLanguage): Say {
  return (key, values = {}) =>
    TEXTS[language][key].replace(/\{\{(\w+)\}\}/g, (whole, name: string) => String(values[name] ?? whole));
}
