import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../src/channels/split-text.js';

describe('splitText', () => {
  it('leaves a text within the limit alone', () => {
    expect(splitText('Halo', 4)).toEqual(['Halo']);
    expect(splitText('', 4)).toEqual(['']);
  });

  it('prefers the end of a paragraph, then a line, a sentence, a word', () => {
    expect(splitText('satu dua\n\ntiga empat', 12)).toEqual(['satu dua', 'tiga empat']);
    expect(splitText('satu dua\ntiga empat', 12)).toEqual(['satu dua', 'tiga empat']);
    expect(splitText('Satu dua. Tiga empat.', 14)).toEqual(['Satu dua.', 'Tiga empat.']);
    expect(splitText('satu dua tiga', 10)).toEqual(['satu dua', 'tiga']);
  });

  it('cuts a word that is longer than the limit', () => {
    expect(splitText('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
  });

  it('loses no character but white space at the seams, keeps the limit and whole emoji', () => {
    const unit = fc.constantFrom('a', 'b', ' ', '\n', '.', '👍', 'é');
    const texts = fc.array(unit, { maxLength: 200 }).map((units) => units.join(''));
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 40 }), (text, limit) => {
        const pieces = splitText(text, limit);
        const letters = (value: string): string => value.replace(/\s/g, '');
        expect(letters(pieces.join(''))).toBe(letters(text));
        for (const piece of pieces) {
          expect(piece.length).toBeLessThanOrEqual(limit);
          expect(piece).not.toMatch(/\p{Surrogate}/u);
        }
      }),
    );
  });
});
