import { describe, expect, it } from 'vitest';
import { findRegions, regionByCode, searchRegions } from '../../../src/language/index.js';
import { REGIONS } from '../../../src/language/regions/region-list.js';

describe('the list of regions (R-A1)', () => {
  const provinces = REGIONS.filter(({ level }) => level === 'province');

  it('holds 38 provinces and 514 regencies and cities', () => {
    expect(provinces).toHaveLength(38);
    expect(REGIONS.length - provinces.length).toBe(514);
    expect(REGIONS.filter(({ level }) => level === 'city')).toHaveLength(98);
  });

  it('gives each a dotted Kemendagri code of its own, under a province that exists', () => {
    expect(new Set(REGIONS.map(({ code }) => code)).size).toBe(REGIONS.length);
    for (const { code, level, province } of REGIONS) {
      expect(code).toMatch(level === 'province' ? /^\d\d$/ : /^\d\d\.\d\d$/);
      expect(regionByCode(code.slice(0, 2))?.name).toBe(province);
    }
  });

  it('writes names out in full', () => {
    for (const { name } of REGIONS) expect(name).not.toMatch(/ {2}|\bKab\b|\bKep\b|\.|^\s|\s$/);
  });

  it('puts each province into its zone (R-T1)', () => {
    const zonesOf = (zone: string): number => provinces.filter((region) => region.zone === zone).length;
    expect([zonesOf('Asia/Jakarta'), zonesOf('Asia/Makassar'), zonesOf('Asia/Jayapura')]).toEqual([
      18, 12, 8,
    ]);
    expect(regionByCode('61')?.zone).toBe('Asia/Jakarta');
    expect(regionByCode('63.71')?.zone).toBe('Asia/Makassar');
    expect(regionByCode('94.04')?.zone).toBe('Asia/Jayapura');
  });

  it.each(REGIONS.map((region) => [region.name, region.code]))(
    'finds %s by its official name',
    (name, code) => {
      for (const written of [name, name.toUpperCase(), name.toLowerCase()]) {
        const found = findRegions(written);
        expect(found.status).toBe('one');
        expect(found.regions[0]?.code).toBe(code);
      }
    },
  );

  it('finds every regency and city inside a sentence and without its blanks', () => {
    for (const { name, code, level } of REGIONS) {
      if (level === 'province') continue;
      const short = name.replace(/^(Kabupaten|Kota)( Administrasi)? /, '');
      const kind = level === 'city' ? 'kota' : 'kab.';
      expect(findRegions(`saya dari bpkad ${kind} ${short.toLowerCase()} mau tanya`).regions[0]?.code).toBe(
        code,
      );
      expect(findRegions(`${kind} ${short.replace(/[\s-]/g, '')}`).regions[0]?.code).toBe(code);
    }
  });

  it('suggests what begins as typed', () => {
    expect(searchRegions('kab go', 2).map(({ name }) => name)).toEqual([
      'Kabupaten Gowa',
      'Kabupaten Gorontalo',
    ]);
    expect(searchRegions('sulsel', 1)[0]?.code).toBe('73');
    expect(searchRegions('bandung', 10).map(({ code }) => code)).toEqual(['32.04', '32.73', '32.17']);
    expect(searchRegions('', 5)).toEqual([]);
    expect(searchRegions('a', 3)).toHaveLength(3);
    expect(searchRegions('a', 0)).toEqual([]);
  });
});
