import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NAMESPACES = readdirSync(join(ROOT, 'locales/id')).map((file) => file.replace('.json', ''));

interface Tree {
  [key: string]: string | Tree;
}

function leaves(tree: Tree, prefix = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(prefix + key, value);
    else for (const [path, text] of leaves(value, `${prefix}${key}.`)) found.set(path, text);
  }
  return found;
}

function texts(language: 'id' | 'en', namespace: string): Map<string, string> {
  return leaves(
    JSON.parse(readFileSync(join(ROOT, 'locales', language, `${namespace}.json`), 'utf8')) as Tree,
  );
}

/** English has a singular; "hari" has none. */
function singular(key: string): string {
  return key.replace(/_(?:one|other)$/u, '');
}

function placeholders(text: string): string[] {
  return [
    ...new Set([...text.matchAll(/\{\{-?\s*([\w.]+)[^}]*\}\}/gu)].map(([, name]) => name ?? '')),
  ].toSorted();
}

describe.each(NAMESPACES)('texts of %s', (namespace) => {
  const [id, en] = [texts('id', namespace), texts('en', namespace)];

  it('have the same keys in Indonesian and English', () => {
    const keys = (from: Map<string, string>): string[] =>
      [...new Set([...from.keys()].map(singular))].toSorted();
    expect(keys(en)).toEqual(keys(id));
  });

  it('have the same placeholders', () => {
    for (const [key, text] of en) {
      // "One day" may leave the number out.
      if (key.endsWith('_one')) continue;
      const indonesian = id.get(key) ?? id.get(singular(key)) ?? id.get(`${singular(key)}_other`) ?? '';
      expect({ key, placeholders: placeholders(text) }).toEqual({
        key,
        placeholders: placeholders(indonesian),
      });
    }
  });

  it('are not empty', () => {
    for (const [key, text] of [...id, ...en]) expect(text.trim(), key).not.toBe('');
  });
});

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/u.test(entry.name) ? [path] : [];
  });
}

describe('texts that the code names', () => {
  const known = new Map(NAMESPACES.map((namespace) => [namespace, [...texts('id', namespace).keys()]]));
  const named = sources(join(ROOT, 'src')).flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/['"`]([a-z][a-z-]*):([A-Za-z][\w.-]*)(\$\{)?/gu)]
      .filter(([, namespace]) => known.has(namespace ?? ''))
      .map(([, namespace = '', key = '', open]) => ({
        path: path.slice(ROOT.length),
        namespace,
        key,
        open: open !== undefined,
      })),
  );

  // Buttons are named in the same way.
  const choices = new Set(
    ['consult', 'resume', 'booking', 'status', 'info', 'agent', 'complaint', 'language'].map(
      (item) => `menu:${item}`,
    ),
  );

  it('all exist', () => {
    const missing = named.filter(({ namespace, key, open }) => {
      if (choices.has(`${namespace}:${key}`)) return false;
      const keys = (known.get(namespace) ?? []).map(singular);
      return !keys.some((one) =>
        open || key.endsWith('.') ? one.startsWith(key) : one === key || one.startsWith(`${key}.`),
      );
    });
    expect(missing).toEqual([]);
    expect(named.length).toBeGreaterThan(80);
  });
});
