import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFullyPrintable, toPrintable } from '../../src/documents/printable-text.js';

/** Code points of a TrueType font, from the format 4 table of its `cmap`. */
function codePointsOf(file: string): ReadonlySet<number> {
  const font = readFileSync(file);
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + 16 * index);
  const cmap = font.readUInt32BE(tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap')! + 8);
  const subtable = cmap + font.readUInt32BE(cmap + 8);
  expect(font.readUInt16BE(subtable)).toBe(4);
  const segments = font.readUInt16BE(subtable + 6) / 2;
  const points = new Set<number>();
  for (let index = 0; index < segments; index += 1) {
    const end = font.readUInt16BE(subtable + 14 + 2 * index);
    const start = font.readUInt16BE(subtable + 16 + 2 * segments + 2 * index);
    for (let point = start; point <= end && point !== 0xffff; point += 1) points.add(point);
  }
  return points;
}

const fontFolder = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);
const drawn = ['Regular', 'Medium', 'Italic'].map((style) =>
  codePointsOf(join(fontFolder, `Roboto-${style}.ttf`)),
);
const isDrawn = (text: string): boolean =>
  Array.from(text).every(
    (character) => character === '\n' || drawn.every((font) => font.has(character.codePointAt(0)!)),
  );

describe('text the font can draw', () => {
  it.each([
    ['Rp1.500.000,00 – “kutipan” … ½ €', 'Rp1.500.000,00 – “kutipan” … ½ €'],
    ['baris satu\r\nbaris dua\rtiga\u2028empat', 'baris satu\nbaris dua\ntiga\nempat'],
    ['kolom\tdua', 'kolom    dua'],
    ['a → b ← c', 'a -> b <- c'],
    ['terima kasih 🙏', 'terima kasih [emoji]'],
    ['👨‍👩‍👧🇮🇩1️⃣✅', '[emoji]'],
    ['😀 dan 😀', '[emoji] dan [emoji]'],
    ['بسم الله', '[?] [?]'],
    ['你好, Bapak', '[?], Bapak'],
    ['𝐇𝐚𝐥𝐨 ＤＡＫ', 'Halo DAK'],
    ['e\u0301', 'é'],
    ['sembunyi\u202Eterbalik\u200B\u0000\u0007', 'sembunyiterbalik'],
    ['rusak \ud83d', 'rusak [?]'],
    ['<b>tebal</b> {{x}} $t(y)', '<b>tebal</b> {{x}} $t(y)'],
  ])('%j becomes %j', (written, printed) => {
    expect(toPrintable(written)).toBe(printed);
  });

  it('breaks words over 200 characters, which would take the renderer seconds each, and loses nothing', () => {
    const printed = toPrintable(`Kode ${'x'.repeat(10_000)} selesai`);
    expect(Math.max(...printed.split(/\s/).map((word) => word.length))).toBe(200);
    expect(printed.replaceAll(/\s/g, '')).toBe(`Kode${'x'.repeat(10_000)}selesai`);
    expect(isFullyPrintable('x'.repeat(10_000))).toBe(true);
    expect(toPrintable('x'.repeat(200))).toBe('x'.repeat(200));
    expect(toPrintable(`a\u00a0`.repeat(200))).toContain('\u00a0 a');
  });

  it('tells whether something was lost', () => {
    expect(isFullyPrintable('Halo → Bapak/Ibu\r\n𝐇')).toBe(true);
    expect(isFullyPrintable('Halo 🙏')).toBe(false);
    expect(isFullyPrintable('你好')).toBe(false);
  });

  it('leaves nothing that any style of the font lacks, whatever comes in', () => {
    const anything = fc.string({
      unit: fc.oneof(
        fc.constantFrom('🙏', '\u200d', '\ufe0f', '\u0301', 'ﷺ', '\ud800'),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      maxLength: 60,
    });
    fc.assert(
      fc.property(anything, (text) => {
        const printed = toPrintable(text);
        expect(isDrawn(printed), JSON.stringify(printed)).toBe(true);
        expect(toPrintable(printed)).toBe(printed);
      }),
      { numRuns: 500 },
    );
  });

  it('lets through every character of the ranges only if the font has it', () => {
    for (let point = 0x20; point < 0x2700; point += 1) {
      const character = String.fromCodePoint(point);
      if (toPrintable(character) === character) expect(isDrawn(character), point.toString(16)).toBe(true);
    }
  });
});
