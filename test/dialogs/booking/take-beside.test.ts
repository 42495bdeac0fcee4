import { describe, expect, it } from 'vitest';
import { isGuest, guestOf } from '../../../src/dialogs/booking/read-guests.js';
import { asksOtherTime } from '../../../src/dialogs/booking/take-beside.js';
import { dropsBooking, saysLate } from '../../../src/dialogs/my-bookings/booking-wish.js';

describe('what is said in a booking beside its questions', () => {
  it.each([
    ['batalkan kunjungan', true],
    ['batal saja kunjungannya', true],
    ['gak jadi', true],
    ['ga jadi deh pak', true],
    ['tidak jadi kunjungannya', true],
    ['penyaluran yang gak jadi tahun lalu', false],
    ['pembatalan alokasi DAK Fisik', false],
    ['gak jadi senin, selasa saja', false],
  ])('gives it up: %s', (text, expected) => {
    expect(dropsBooking(text)).toBe(expected);
  });

  it.each([
    ['eh maaf, bisa pindah ke hari senin minggu depannya jam 2 siang?', true],
    ['ganti hari lain dong', true],
    ['jam lain ada?', true],
    ['Budi Contoh, Kasubbag', false],
    ['saya sendiri', false],
  ])('asks for another time: %s', (text, expected) => {
    expect(asksOtherTime(text)).toBe(expected);
  });

  it.each([
    ['saya terlambat 15 menit', true],
    ['kami telat', true],
    ['kami terlambat menyampaikan laporan DAK', false],
  ])('runs late: %s', (text, expected) => {
    expect(saysLate(text)).toBe(expected);
  });

  it.each([
    ['Budi Contoh', true],
    ['pak budi contoh', true],
    ['Drs. Andi Contoh, M.Si.', true],
    ['konfirmasi', false],
    ['halo', false],
    ['belum tahu siapa', false],
    ['bisa pindah hari', false],
    ['Bupati Gowa', false],
    ['2 orang', false],
  ])('names a guest: %s (R-C5)', (name, expected) => {
    const self = guestOf('Sari Contoh', null);
    expect(isGuest(guestOf(name, null), self)).toBe(expected);
  });
});
