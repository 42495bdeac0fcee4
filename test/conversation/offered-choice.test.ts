import { describe, expect, it } from 'vitest';
import { offeredChoice } from '../../src/conversation/offered-choice.js';

const REGIONS = [
  { id: 'regency', title: 'Kabupaten Bogor, Jawa Barat' },
  { id: 'city', title: 'Kota Bogor, Jawa Barat' },
];

describe('an answer to a list', () => {
  it.each([
    ['2', 'city'],
    ['nomor 2', 'city'],
    ['yang kedua', 'city'],
    ['pertama aja', 'regency'],
    ['yang kota', 'city'],
    ['kota saja, Bu', 'city'],
    ['kab', 'regency'],
    ['Kota Bogor, Jawa Barat', 'city'],
  ])('"%s" is %s', (text, id) => {
    expect(offeredChoice(text, REGIONS)).toBe(id);
  });

  it.each(['12/3', '3', '1/2022', 'yang', 'ya', 'bogor', 'ketiga', ''])('"%s" is none of it', (text) => {
    expect(offeredChoice(text, REGIONS)).toBeUndefined();
  });

  it('is not read from numbers where numbers may be content', () => {
    expect(offeredChoice('2', REGIONS, false)).toBeUndefined();
    expect(offeredChoice('yang kedua', REGIONS, false)).toBeUndefined();
    expect(offeredChoice('yang kota', REGIONS, false)).toBe('city');
  });
});
