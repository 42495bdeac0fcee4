import { describe, expect, it } from 'vitest';
import { anonymityInWords, asksToComplain } from '../../src/dialogs/complaint/recognise.js';

describe('words that ask to complain (R-A8)', () => {
  it.each([
    'mau lapor, pelayanan petugas lambat sekali, tapi jangan pakai nama ya',
    'saya mau ngadu, pegawainya ga becus',
    'ini bot goblok, saya mau komplain',
    'saya ingin menyampaikan keluhan, parah sekali',
    'tolong catat aduan saya, tidak becus',
    'komplain!! lelet amat',
    'halo min, komplain dong, lambat banget',
    "I'd like to file a complaint, useless",
  ])('are in %s', (text) => {
    expect(asksToComplain(text)).toBe(true);
  });

  it.each([
    'anjing lama banget',
    'pelayanan lambat sekali',
    'saya tidak mau komplain, tapi payah',
    'bukan mau komplain, tapi lambat sekali',
    'percuma komplain',
    'komplain saya kemarin gak dijawab, goblok',
    'emang kalian anjing semua, saya laporkan ke KPK',
    'gimana cara lapor realisasi dana desa, payah',
    'mau laporan BAK saya, payah',
  ])('are not in %s', (text) => {
    expect(asksToComplain(text)).toBe(false);
  });
});

describe('a name or none (R-A8)', () => {
  it.each([
    ['jangan pakai nama ya', true],
    ['ga usah pake nama', true],
    ['gak mau pakai nama', true],
    ['jangan dengan nama', true],
    ['jangan sebutkan identitas saya', true],
    ['tidak perlu dicantumkan nama', true],
    ['anonim aja', true],
    ['pakai nama saja', false],
    ['sebutkan nama saya', false],
    ['ga usah anonim', false],
    ['jangan anonim', false],
    ['nama saya Budi', undefined],
  ])('%s: anonymous %s', (text, expected) => {
    expect(anonymityInWords(text)).toBe(expected);
  });
});
