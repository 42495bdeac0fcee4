import { describe, expect, it } from 'vitest';
import {
  doubtfulDate,
  isToDirectorGeneral,
  readLetter,
  readLetterDate,
} from '../../../src/dialogs/booking/read-letter.js';

const now = new Date('2026-03-02T10:00:00+07:00');

describe('what a text tells of a request letter (R-B1, R-C1)', () => {
  it.each([
    [
      'No. 900/12/BPKAD/2026 tanggal 24 Februari 2026 dari Bupati Gowa kepada Dirjen PK',
      { number: '900/12/BPKAD/2026', date: '2026-02-24', addressee: 'Dirjen PK', sender: 'Bupati Gowa' },
    ],
    [
      'Surat 900/123/BPKAD, 27-02-2026, Yth. Direktur Jenderal Perimbangan Keuangan, pengirim: Kepala BPKAD Kab. Gowa',
      {
        ...{ number: '900/123/BPKAD', date: '2026-02-27', sender: 'Kepala BPKAD Kab. Gowa' },
        addressee: 'Direktur Jenderal Perimbangan Keuangan',
      },
    ],
    [
      'Nomor surat: 12/2026\nTanggal surat: 20 Februari 2026\nKepada: Dirjen PK\nDari: Wali Kota Contoh',
      { number: '12/2026', date: '2026-02-20', addressee: 'Dirjen PK', sender: 'Wali Kota Contoh' },
    ],
    [
      'letter number 12/AB/2026 dated 20 February 2026 from Head of BPKAD to the Director General of Fiscal Balance',
      {
        ...{ number: '12/AB/2026', date: '2026-02-20', sender: 'Head of BPKAD' },
        addressee: 'the Director General of Fiscal Balance',
      },
    ],
    ['ini suratnya ya pak', {}],
    ['24/02/2026', { date: '2026-02-24' }],
  ])('%s', (text, facts) => {
    expect(readLetter(text, now)).toEqual(facts);
  });

  it('reads no more than the beginning of a text without end, which would keep everybody waiting', () => {
    const number = 'No. 12/AB/2026';
    expect(readLetter(`${number} ${'isi '.repeat(3_000)}`, now)).toEqual({ number: '12/AB/2026' });
    expect(readLetter(`${'isi '.repeat(3_000)}${number}`, now)).toEqual({});
  });

  it('takes a day and month for the one behind us', () => {
    expect(readLetterDate('24 Desember', now)).toBe('2025-12-24');
    expect(readLetterDate('kemarin', now)).toBe('2026-03-01');
  });

  it('doubts a date that is still to come, and one of more than a year ago', () => {
    expect(doubtfulDate('2026-03-02', now)).toBeUndefined();
    expect(doubtfulDate('2026-03-03', now)).toBe('future');
    expect(doubtfulDate('2025-03-02', now)).toBeUndefined();
    expect(doubtfulDate('2025-03-01', now)).toBe('old');
  });

  it.each([
    ['Dirjen PK', true],
    ['Yth. Direktur Jenderal Perimbangan Keuangan', true],
    ['DJPK Kemenkeu', true],
    ['the Director General of Fiscal Balance', true],
    ['Direktur Jenderal Perbendaharaan', false],
    ['Bupati Gowa', false],
    ['Menteri Keuangan', false],
  ])('is to the Director General: %s', (addressee, expected) => {
    expect(isToDirectorGeneral(addressee)).toBe(expected);
  });
});
