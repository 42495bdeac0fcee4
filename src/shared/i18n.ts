import { readdirSync, readFileSync } from 'node:fs';
import { createInstance, type i18n, type TFunction } from 'i18next';

export const LANGUAGES = ['id', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Looks a text up: `t('menu:title', { name })`. Indonesian stands in for a text another language lacks. */
export type Translate = (key: string, params?: Readonly<Record<string, unknown>>) => string;

const LOCALES = new URL('../../locales/', import.meta.url);

/** All texts of the product, one namespace per file of `locales/<language>`. */
export interface Texts {
  for(language: Language): Translate;
}

/**
 * Reads every locale file once.
 * @throws Error naming the key when a text is missing in every language.
 */
export function loadTexts(): Texts {
  const instance = createInstance();
  const resources = Object.fromEntries(LANGUAGES.map((language) => [language, readNamespaces(language)]));
  void instance.init({
    resources,
    lng: 'id',
    fallbackLng: 'id',
    initAsync: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key) => {
      throw new Error(`missing text ${namespace}:${key}`);
    },
  });
  const translators = new Map(LANGUAGES.map((language) => [language, translator(instance, language)]));
  return { for: (language) => translators.get(language) ?? translator(instance, language) };
}

function translator(instance: i18n, language: Language): Translate {
  const t: TFunction = instance.getFixedT(language);
  // Most texts take no parameters and never change; looking them up is a quarter of a turn's time.
  const fixed = new Map<string, string>();
  return (key, params) => {
    if (params) return t(key, { ...params });
    const text = fixed.get(key) ?? t(key);
    fixed.set(key, text);
    return text;
  };
}

function readNamespaces(language: Language): Record<string, object> {
  const folder = new URL(`${language}/`, LOCALES);
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return Object.fromEntries(
    files.map((name) => [
      name.slice(0, -'.json'.length),
      JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as object,
    ]),
  );
}
