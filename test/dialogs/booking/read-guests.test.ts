import { describe, expect, it } from 'vitest';
import { isHead, readGuests } from '../../../src/dialogs/booking/read-guests.js';

const self = { name: 'Sari Contoh', position: 'Kabid', isHead: false };
const named = (text: string): string[] =>
  readGuests(text, self).map(({ name, position }) => `${name} | ${position ?? '–'}`);

describe('guests as people write them (R-C5, R-C7)', () => {
  it.each([
    ['saya sendiri', ['Sari Contoh | Kabid']],
    ['only myself', ['Sari Contoh | Kabid']],
    ['saya dan Budi Contoh, Kasubbag Keuangan', ['Sari Contoh | Kabid', 'Budi Contoh | Kasubbag Keuangan']],
    [
      '1. Sari Contoh, S.E., Kabid Anggaran\n2) Budi Contoh - Kasubbag',
      ['Sari Contoh, S.E. | Kabid Anggaran', 'Budi Contoh | Kasubbag'],
    ],
    ['Andi Contoh (Bupati Gowa); Budi Contoh (Sekda)', ['Andi Contoh | Bupati Gowa', 'Budi Contoh | Sekda']],
    ['Ibu Rina Contoh selaku Ketua DPRD', ['Rina Contoh | Ketua DPRD']],
    ['Budi Contoh', ['Budi Contoh | –']],
    [
      'saya, pak Budi Contoh Kasubbag, bu Tini Contoh staf',
      ['Sari Contoh | Kabid', 'Budi Contoh | Kasubbag', 'Tini Contoh | staf'],
    ],
    [
      'saya pak budi contoh kasubbag bu tini contoh staf',
      ['Sari Contoh | Kabid', 'Budi Contoh | kasubbag', 'Tini Contoh | staf'],
    ],
    ['Budi Contoh kasubbag keuangan', ['Budi Contoh | kasubbag keuangan']],
    ['Budi Contoh, Kasubbag Keuangan', ['Budi Contoh | Kasubbag Keuangan']],
    ['saya, budi contoh', ['Sari Contoh | Kabid', 'Budi Contoh | –']],
    ['Andi Contoh, Bapak Bupati Gowa', ['Andi Contoh | Bapak Bupati Gowa']],
    ['!!!', []],
  ])('%s', (text, guests) => {
    expect(named(text)).toEqual(guests);
  });

  it.each([
    ['Bupati Gowa', true],
    ['Pj. Gubernur Sulawesi Selatan', true],
    ['Wali Kota Contoh', true],
    ['Ketua DPRD Kabupaten Gowa', true],
    ['Wakil Bupati Gowa', false],
    ['Ajudan Bupati', false],
    ['Wakil Ketua DPRD', false],
    ['Sekretaris DPRD', false],
  ])('a head brings four: %s', (position, expected) => {
    expect(isHead(position)).toBe(expected);
  });
});
