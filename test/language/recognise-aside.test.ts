import { describe, expect, it } from 'vitest';
import { recogniseAside, soundsUpset } from '../../src/language/index.js';

describe('recogniseAside', () => {
  it.each([
    'ini bot ya?',
    'ini robot atau manusia?',
    'kamu siapa',
    'siapa yang balas ini',
    'maaf, saya bicara dengan siapa ya?',
    'are you a bot?',
    'am I talking to a human',
  ])('%s asks about the assistant', (text) => {
    expect(recogniseAside(text)).toBe('about_bot');
  });

  it.each([
    'data saya untuk apa?',
    'data saya dipakai buat apa',
    'kenapa harus kasih no hp',
    'aman ga datanya?',
    'siapa yang bisa lihat data saya',
    'what do you do with my data',
  ])('%s asks about data', (text) => {
    expect(recogniseAside(text)).toBe('about_data');
  });

  it.each([
    'saya Budi',
    'kenapa data dbh kami salah',
    'kenapa nomor rekening dana desa ditolak sistem',
    'apa nomor wa djpk',
    'siapa bupati gowa',
    'dana desa untuk apa',
    'kenapa nama saya belum ada di daftar',
  ])('%s asks about neither', (text) => {
    expect(recogniseAside(text)).toBeUndefined();
  });
});

describe('soundsUpset', () => {
  it.each(['goblok', 'BANGSAT!!', 'bot bodoh', 'lelet amat', 'ga becus kalian', 'this is bullshit'])(
    'hears it in %s',
    (text) => {
      expect(soundsUpset(text)).toBe(true);
    },
  );

  it.each(['Kota Babat', 'nama saya Sitai', 'kabupaten asahan', 'vaksin rabies anjing', 'dana desa'])(
    'hears none in %s',
    (text) => {
      expect(soundsUpset(text)).toBe(false);
    },
  );
});
