import { describe, expect, it } from 'vitest';
import { fromEarliest, readWish, speaksOfTime } from '../../../src/dialogs/booking/read-wish.js';

/** Monday. */
const now = new Date('2026-03-02T10:00:00+07:00');
const at = (hours: number): number => hours * 60;

describe('when somebody would like to come, in free words', () => {
  it.each([
    [
      'Selasa jam 10',
      { from: '2026-03-03', to: '2026-03-03', weekday: true, after: at(10), before: at(11) - 1 },
    ],
    ['tgl 12 pagi', { from: '2026-03-12', to: '2026-03-12', before: at(12) - 1 }],
    ['minggu depan', { from: '2026-03-09', to: '2026-03-15' }],
    ['yang paling awal', { earliest: true }],
    ['paling cepat minggu depan', { earliest: true, from: '2026-03-09', to: '2026-03-15' }],
    ['besok', { from: '2026-03-03', to: '2026-03-03' }],
    ['jam 10 WITA', { after: at(9), before: at(10) - 1 }],
    ['setelah tanggal 10', { from: '2026-03-11' }],
    ['antara 9 sampai 13 Maret', { from: '2026-03-09', to: '2026-03-13' }],
    ['bulan depan', { from: '2026-04-01', to: '2026-04-30' }],
    ['awal April', { from: '2026-04-01', to: '2026-04-10' }],
    ['akhir bulan', { from: '2026-03-22', to: '2026-03-31' }],
    ['siang saja', { after: at(12) }],
    ['Kamis depan jam 1 siang', { from: '2026-03-12', to: '2026-03-12', after: at(13), before: at(14) - 1 }],
    ['next week', { from: '2026-03-09', to: '2026-03-15' }],
    ['terima kasih', undefined],
  ])('%s', (text, wish) => {
    expect(readWish(text, now)).toEqual(wish);
    expect(speaksOfTime(text)).toBe(wish !== undefined);
  });

  it('a weekday that is too early is the next one; a date stays what it is', () => {
    const tuesday = readWish('Selasa', now)!;
    expect(fromEarliest(tuesday, '2026-03-05')).toMatchObject({ from: '2026-03-10', to: '2026-03-10' });
    for (const words of ['selasa jam 2 siang', 'Selasa 10 WIB', 'tuesday 9 in the morning']) {
      expect(fromEarliest(readWish(words, now)!, '2026-03-05')).toMatchObject({ from: '2026-03-10' });
    }
    const fourth = readWish('4 Maret', now)!;
    expect(fromEarliest(fourth, '2026-03-05')).toMatchObject({ to: '2026-03-04' });
    const week = readWish('minggu ini', now)!;
    expect(fromEarliest(week, '2026-03-05')).toMatchObject({ from: '2026-03-05', to: '2026-03-08' });
  });
});
