import indonesian from '../../../../locales/id/console.json' with { type: 'json' };
import type { Language } from '../api/types.js';

type Texts = typeof indonesian;
type Paths<Node, Prefix extends string = ''> = {
  [Key in keyof Node & string]: Node[Key] extends string
    ? `${Prefix}${WithoutPlural<Key>}`
    : Paths<Node[Key], `${Prefix}${Key}.`>;
}[keyof Node & string];
type WithoutPlural<Key extends string> = Key extends `${infer Stem}_one` | `${infer Stem}_other` ? Stem : Key;

/** Every text of the console, e.g. `inbox.title`; plural forms go by their stem. */
export type TextKey = Paths<Texts>;
export type TextParams = Readonly<Record<string, string | number>>;

let current: { language: Language; texts: Texts } = { language: 'id', texts: indonesian };

/** The language in use; Indonesian until another one is loaded. */
export function language(): Language {
  return current.language;
}

/** Switches the texts. English is fetched on first use only; Indonesian is part of the page. */
export async function loadLanguage(next: Language): Promise<void> {
  const texts =
    next === 'id'
      ? indonesian
      : (await import('../../../../locales/en/console.json', { with: { type: 'json' } })).default;
  current = { language: next, texts };
}

/** Looks a text up and fills it in; `count` picks the plural form. */
export function t(key: TextKey, params: TextParams = {}): string {
  const { language: tongue, texts } = current;
  const found = find(texts, key) ?? find(texts, `${key}_${pluralForm(tongue, params.count)}`) ?? key;
  return found.replaceAll(/\{\{(\w+)\}\}/g, (_whole, name: string) => String(params[name] ?? ''));
}

/** A text for a code that comes from the server and that this page may not know yet. */
export function tKnown(
  prefix: 'history' | 'channel' | 'unsupported' | 'refused' | 'auditAction',
  code: string,
): string {
  return tMaybe(`${prefix}.${code}`) ?? code;
}

/** The text under a path that is made of a code, if there is one. */
export function tMaybe(path: string): string | undefined {
  return find(current.texts, path);
}

function find(texts: Texts, path: string): string | undefined {
  let node: unknown = texts;
  for (const part of path.split('.')) {
    if (typeof node !== 'object' || node === null) return undefined;
    node = (node as Record<string, unknown>)[part];
  }
  return typeof node === 'string' ? node : undefined;
}

function pluralForm(tongue: Language, count: string | number | undefined): 'one' | 'other' {
  return tongue === 'en' && Number(count) === 1 ? 'one' : 'other';
}
