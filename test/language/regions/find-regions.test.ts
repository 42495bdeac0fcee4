import { describe, expect, it } from 'vitest';
import { findRegions, understand } from '../../../src/language/index.js';
import { REGIONS, shortRegionName } from '../../../src/language/regions/region-list.js';
import { NOW } from '../measure.js';

const codes = (text: string, hints = {}): string[] =>
  findRegions(text, hints).regions.map(({ code }) => code);

describe('findRegions', () => {
  it('asks where a regency and a city share the name', () => {
    expect(findRegions('bogor').status).toBe('ambiguous');
    expect(codes('madiun')).toEqual(['35.19', '35.77']);
  });

  it('takes a province in the message or a hint to tell which is meant', () => {
    expect(codes('banjar, kalsel')).toEqual(['63.03']);
    expect(codes('banjar', { province: 'Jawa Barat' })).toEqual(['32.79']);
    expect(codes('banjar', { province: '63' })).toHaveLength(2);
    expect(codes('banjar', { province: 'jabar' })).toEqual(['32.79']);
  });

  it('takes the kind of office to tell which is meant', () => {
    expect(codes('bogor', { agency: 'BPKAD Kota' })).toEqual(['32.71']);
    expect(codes('bogor', { agency: 'Setda Kabupaten' })).toEqual(['32.01']);
    expect(codes('saya pegawai pemkot, malang')).toEqual(['35.73']);
    expect(codes('malang, email saya a@malangkota.go.id')).toEqual(['35.73']);
  });

  it('asks rather than follow a hint that fits none', () => {
    expect(findRegions('bogor', { province: 'Bali' }).status).toBe('ambiguous');
  });

  it('leaves everyday words alone that are also names', () => {
    for (const text of [
      'ada batu di jalan',
      'nasib malang',
      'batang tubuh perda',
      'di medan yang sulit',
      'mitra kami',
    ]) {
      expect(findRegions(text).status).toBe('none');
    }
    expect(codes('pati, jateng')).toEqual(['33.18']);
    expect(codes('dari batu')).toEqual(['35.79']);
  });

  it('does not mend common words into names', () => {
    for (const text of ['ada kendala', 'dari cabang', 'sampai sekarang', 'dari barang', 'hingga akhir']) {
      expect(findRegions(text).status).toBe('none');
    }
  });

  it('does not take the goal of a visit for the home of the visitor', () => {
    expect(findRegions('kami mau ke jakarta').status).toBe('none');
    expect(codes('kami dari gowa mau ke jakarta')).toEqual(['73.06']);
  });

  it('does not take a person for a place', () => {
    const { region, regions, person } = understand('Saya Bima Contoh dari Kab. Gowa', { now: NOW }).entities;
    expect([region?.value.code, regions, person?.value]).toEqual(['73.06', undefined, 'Bima Contoh']);
    expect(findRegions('hubungi budi.bogor@gmail.com').status).toBe('none');
  });

  it('gives all that are named', () => {
    expect(codes('kab. gowa dan kab. takalar')).toEqual(['73.06', '73.05']);
    expect(findRegions('kab. gowa dan kab. takalar').status).toBe('ambiguous');
  });

  it('mends one slip in nearly every name, and asserts a wrong region in at most one of two hundred', () => {
    const slips = slipper(7);
    let [right, wrong] = [0, 0];
    for (const region of REGIONS) {
      const kind = { province: 'prov', regency: 'kab', city: 'kota' }[region.level];
      const found = findRegions(`bpkad ${kind} ${slips(shortRegionName(region).toLowerCase())} mau tanya`);
      if (found.status === 'one' && found.regions[0] === region) right++;
      else if (found.regions.length === 1) wrong++;
    }
    expect(right / REGIONS.length).toBeGreaterThan(0.9);
    expect(wrong / REGIONS.length).toBeLessThanOrEqual(0.005);
  });
});

/** Leaves out, doubles, swaps or replaces one letter after the first, the same way in every run. */
function slipper(seed: number): (word: string) => string {
  let state = seed;
  const upTo = (limit: number): number => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return Math.floor((state / 0x7fffffff) * limit);
  };
  return (word) => {
    const i = 1 + upTo(word.length - 2);
    const [before, letter, after] = [word.slice(0, i), word[i] ?? '', word.slice(i + 1)];
    const forms = [
      before + after,
      before + letter + letter + after,
      before + (after[0] ?? '') + letter + after.slice(1),
      `${before}${'aiueonrst'[upTo(9)] ?? ''}${after}`,
    ];
    return forms[upTo(4)] ?? word;
  };
}
