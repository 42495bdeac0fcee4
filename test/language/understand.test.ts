import { describe, expect, it } from 'vitest';
import { detectLanguage, understand } from '../../src/language/index.js';
import { NOW } from './measure.js';

describe('understand', () => {
  it('finds several facts in one message', () => {
    const { intent, entities, language } = understand(
      'Pagi min, kami dari Pemkab Gowa mau vicon soal DAK fisik hari Kamis tgl 12 maret jam setengah 10 WITA, tiket djpk-2026-123',
      { now: NOW },
    );
    expect(intent).toBe('book_video');
    expect(language).toBe('id');
    expect(entities).toMatchObject({
      date: { value: '2026-03-12' },
      time: { value: '09:30' },
      zone: { value: 'WITA' },
      region: { value: { code: '73.06' } },
      ticket: { value: 'DJPK-2026-000123' },
    });
  });

  it.each([
    ['petugas', 'talk_to_agent'],
    ['batal', 'cancel'],
    ['menu', 'menu'],
    ['', 'unknown'],
    ['😀', 'unknown'],
    ['Budi Santoso', 'unknown'],
    ['12', 'unknown'],
    ['besok jam 9', 'unknown'],
    ['mau kunjungan', 'book_visit'],
    ['konsultasi tatap muka', 'book_visit'],
    ['bisa audiensi?', 'book_visit'],
    ['I would like to visit your office', 'book_visit'],
    ['minta zoom', 'book_video'],
    ['minta vicon', 'book_video'],
    ['mau video conference', 'book_video'],
    ['can we have a video conference?', 'book_video'],
    ['pindah jadwal', 'reschedule'],
    ['batalkan kunjungan', 'cancel'],
  ])('"%s" is %s', (text, intent) => {
    expect(understand(text, { now: NOW }).intent).toBe(intent);
  });

  it('asks about a shared name', () => {
    const { entities, questions } = understand('saya dari bogor', { now: NOW });
    expect(entities.region).toBeUndefined();
    expect(entities.regions?.value.map(({ code }) => code)).toEqual(['32.01', '32.71']);
    expect(questions).toContain('ambiguousRegion');
  });
});

describe('detectLanguage', () => {
  it.each([
    ['saya mau konsultasi', 'id'],
    ['gmn cara daftar zoom', 'id'],
    ['I would like to book a visit', 'en'],
    ['what are your opening hours?', 'en'],
    ['mau booking meeting via zoom dong', 'id'],
    ['ok', undefined],
    ['', undefined],
    ['Budi Santoso', undefined],
    ['12345', undefined],
  ])('"%s" is %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});
