import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import english from '../../locales/en/console.json' with { type: 'json' };
import indonesian from '../../locales/id/console.json' with { type: 'json' };
import {
  describeUserAgent,
  formatCount,
  formatSize,
  initials,
} from '../../src/console/client/text/format.js';
import { splitRichText } from '../../src/console/client/text/rich-text.js';
import { loadLanguage, t, tKnown } from '../../src/console/client/text/text.js';

afterEach(() => loadLanguage('id'));

describe('texts of the console', () => {
  test('both languages have the same texts with the same gaps to fill', () => {
    expect(outline(english)).toEqual(outline(indonesian));
  });

  test('gaps are filled and plural forms follow the count', async () => {
    expect(t('list.unread', { count: 1 })).toBe('1 pesan belum dibaca');
    await loadLanguage('en');
    expect(t('list.unread', { count: 1 })).toBe('1 unread message');
    expect(t('list.unread', { count: 2 })).toBe('2 unread messages');
  });

  test('a code this page does not know is shown as it is', () => {
    expect(tKnown('history', 'ticket-opened')).toBe('Tiket dibuat');
    expect(tKnown('history', 'ticket-escalated')).toBe('ticket-escalated');
  });
});

describe('links in what people write', () => {
  test('an address becomes a link without the full stop after it', () => {
    expect(splitRichText('Lihat https://contoh.go.id/a?b=1. Terima kasih')).toEqual([
      { kind: 'text', text: 'Lihat ' },
      { kind: 'link', text: 'https://contoh.go.id/a?b=1', href: 'https://contoh.go.id/a?b=1' },
      { kind: 'text', text: '. Terima kasih' },
    ]);
  });

  test('only http and https lead anywhere', () => {
    expect(splitRichText('javascript:alert(1) data:text/html,x ftp://contoh.go.id')).toEqual([
      { kind: 'text', text: 'javascript:alert(1) data:text/html,x ftp://contoh.go.id' },
    ]);
  });

  test('words between stars are bold, arithmetic is not', () => {
    expect(splitRichText('ketik *menu* atau 2*3*4')).toEqual([
      { kind: 'text', text: 'ketik ' },
      { kind: 'strong', text: 'menu' },
      { kind: 'text', text: ' atau 2*3*4' },
    ]);
  });

  test('whatever is written, nothing is lost', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('https://', 'a', '.', ' ', '/', ')', '<', 'é') }),
        (text) => {
          expect(
            splitRichText(text)
              .map((part) => part.text)
              .join(''),
          ).toBe(text);
        },
      ),
    );
  });
});

describe('small formats', () => {
  test.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_440_000, '1,4 MB'],
    [248_300, '248 kB'],
  ])('%d bytes read %s', (bytes, expected) => {
    expect(formatSize(bytes)).toBe(expected);
  });

  test.each([
    ['Sari Contoh', 'SC'],
    ['Dewi', 'D'],
    ['I Made Contoh Permata', 'IP'],
    ['  ', '?'],
  ])('the initials of "%s" are %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });

  test('counts are capped as the server caps them', () => {
    expect([0, 99, 100].map(formatCount)).toEqual(['0', '99', '99+']);
  });

  test('a phone is not taken for the system it descends from', () => {
    const agent = (system: string): string =>
      `Mozilla/5.0 (${system}) AppleWebKit/537.36 Chrome/152.0 Safari/537.36`;
    expect(describeUserAgent(agent('Linux; Android 15'))).toBe('Chrome · Android');
    expect(describeUserAgent(agent('Windows NT 10.0; Win64'))).toBe('Chrome · Windows');
    expect(describeUserAgent(`${agent('Windows NT 10.0')} Edg/152.0`)).toBe('Edge · Windows');
    expect(describeUserAgent(null)).toBeNull();
  });
});

/** Every text's path with the names of its gaps. */
function outline(node: object, prefix = ''): string[] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null
      ? outline(value, `${prefix}${key}.`)
      : [
          `${prefix}${key} ${[...String(value).matchAll(/\{\{(\w+)\}\}/g)]
            .map(([gap]) => gap)
            .sort()
            .join(' ')}`,
        ],
  );
}
