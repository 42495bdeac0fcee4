import { describe, expect, it } from 'vitest';
import { findKanwil, KANWIL, kanwilOfRegion } from '../../../src/language/index.js';

const codes = (text: string): string[] => findKanwil(text).map(({ code }) => code);

describe('regional offices of the treasury (R-B2)', () => {
  it('are 34, and every province has one', () => {
    expect(KANWIL).toHaveLength(34);
    expect(new Set(KANWIL.map(({ code }) => code)).size).toBe(34);
    const provinces = KANWIL.flatMap((office) => office.provinces);
    expect(new Set(provinces).size).toBe(38);
    expect(provinces).toHaveLength(38);
  });

  it.each([
    ['Makassar', ['sulawesi-selatan']],
    ['kanwil sulsel', ['sulawesi-selatan']],
    ['Kanwil DJPb Provinsi Papua Barat', ['papua-barat']],
    ['papua', ['papua']],
    ['di kanwil Jogja saja', ['yogyakarta']],
    ['yang di Kupang', ['nusa-tenggara-timur']],
    ['Kabupaten Gowa', ['sulawesi-selatan']],
    ['riau', ['riau']],
    ['kepulauan riau', ['kepulauan-riau']],
    ['xyz', []],
  ])('%s', (text, expected) => {
    expect(codes(text)).toEqual(expected);
  });

  it('several are found by what they share', () => {
    expect(codes('sulawesi')).toHaveLength(5);
  });

  it('one is known by the region of the user', () => {
    expect(kanwilOfRegion('94.01')?.code).toBe('papua');
    expect(kanwilOfRegion(undefined)).toBeUndefined();
  });
});
