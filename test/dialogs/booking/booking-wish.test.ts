import { describe, expect, it } from 'vitest';
import { bookingWish, minutesIn } from '../../../src/dialogs/my-bookings/booking-wish.js';

describe('what somebody wants with a booking they have', () => {
  it.each([
    ['jadwal saya', 'list'],
    ['kapan jadwal kunjungan saya?', 'list'],
    ['my bookings', 'list'],
    ['pindah jadwal', 'move'],
    ['bisa kunjungannya diundur?', 'move'],
    ['I need to change my appointment', 'move'],
    ['batalkan kunjungan', 'cancel'],
    ['audiensinya dibatalkan saja', 'cancel'],
    ['cancel my visit', 'cancel'],
    ['saya terlambat 15 menit', 'late'],
    ['kami telat setengah jam', 'late'],
    ['we are running late', 'late'],
    ['ganti tamu', 'guests'],
    ['mau kunjungan', undefined],
    ['minta zoom', undefined],
    ['batal', undefined],
    ['kenapa penyaluran DAU terlambat?', undefined],
    ['kami terlambat menyampaikan laporan realisasi, apa sanksinya', undefined],
  ])('%s', (text, wish) => {
    expect(bookingWish(text)).toBe(wish);
  });

  it.each([
    ['15 menit', 15],
    ['setengah jam', 30],
    ['sekitar satu jam', 60],
    ['1,5 jam', 90],
    ['20', 20],
    ['half an hour', 30],
    ['tidak tahu', undefined],
  ])('%s', (text, minutes) => {
    expect(minutesIn(text)).toBe(minutes);
  });
});
