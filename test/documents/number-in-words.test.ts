import { describe, expect, it } from 'vitest';
import { dateInWords } from '../../src/documents/date-in-words.js';
import { numberInWords } from '../../src/documents/number-in-words.js';

describe('terbilang', () => {
  it.each([
    [0, 'nol'],
    [1, 'satu'],
    [10, 'sepuluh'],
    [11, 'sebelas'],
    [12, 'dua belas'],
    [19, 'sembilan belas'],
    [20, 'dua puluh'],
    [31, 'tiga puluh satu'],
    [100, 'seratus'],
    [111, 'seratus sebelas'],
    [250, 'dua ratus lima puluh'],
    [1000, 'seribu'],
    [1945, 'seribu sembilan ratus empat puluh lima'],
    [2000, 'dua ribu'],
    [2026, 'dua ribu dua puluh enam'],
    [9999, 'sembilan ribu sembilan ratus sembilan puluh sembilan'],
  ])('writes %i as "%s"', (value, words) => {
    expect(numberInWords(value)).toBe(words);
  });

  it.each([-1, 1.5, 10_000, Number.NaN])('refuses %d', (value) => {
    expect(() => numberInWords(value)).toThrow(RangeError);
  });
});

describe('a date in words', () => {
  it('is the date in WIB (R-T1)', () => {
    const words = { weekday: 'Kamis', day: 'lima', month: 'Maret', year: 'dua ribu dua puluh enam' };
    expect(dateInWords(new Date('2026-03-05T09:00:00+07:00'))).toEqual(words);
    expect(dateInWords(new Date('2026-03-04T17:00:00Z'))).toEqual(words);
  });
});
