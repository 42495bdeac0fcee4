import englishUrl from '../../../../locales/en/chat.json?url';
import { page as indonesian } from '../../../../locales/id/chat.json';
import { keep, localStore } from './browser.js';

export type PageLanguage = 'id' | 'en';
export type TextKey = keyof typeof indonesian;

/** Writes one of the page's own texts. */
export type Say = (key: TextKey, values?: Readonly<Record<string, string | number>>) => string;

const LANGUAGE = 'dering.language';
const loaded: Partial<Record<PageLanguage, Record<TextKey, string>>> = { id: indonesian };

/** Most visitors never need the English texts: they come when asked for. */
export async function loadLanguage(language: PageLanguage): Promise<void> {
  if (language === 'id' || loaded.en) return;
  const file = (await (await fetch(englishUrl)).json()) as { page: Record<TextKey, string> };
  loaded.en = file.page;
}

export function rememberedLanguage(): PageLanguage {
  return localStore()?.getItem(LANGUAGE) === 'en' ? 'en' : 'id';
}

export function rememberLanguage(language: PageLanguage): void {
  keep(localStore(), LANGUAGE, language);
}

/** The texts of a loaded language. */
export function texts(language: PageLanguage): Say {
  return (key, values = {}) =>
    (loaded[language] ?? indonesian)[key].replace(/\{\{(\w+)\}\}/g, (whole, name: string) =>
      String(values[name] ?? whole),
    );
}
