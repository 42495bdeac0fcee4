import { describe, expect, it } from 'vitest';
import { formatDate, formatDateTime, formatHours, formatPeriod } from '../../src/shared/format-time.js';

const dueAt = new Date('2026-03-05T17:00:00+07:00');

describe('times as people read them (R-T1)', () => {
  it('writes WIB alone where the reader lives in WIB', () => {
    expect(formatDateTime(dueAt, { language: 'id' })).toBe('Kamis, 5 Maret 2026 pukul 17.00 WIB');
    expect(formatDateTime(dueAt, { language: 'en', zone: 'Asia/Jakarta' })).toBe(
      'Thursday, 5 March 2026 at 17:00 WIB',
    );
  });

  it('adds the reader’s own time in WITA and WIT', () => {
    expect(formatDateTime(dueAt, { language: 'id', zone: 'Asia/Makassar' })).toBe(
      'Kamis, 5 Maret 2026 pukul 17.00 WIB (18.00 WITA)',
    );
    expect(formatDateTime(dueAt, { language: 'en', zone: 'Asia/Jayapura' })).toBe(
      'Thursday, 5 March 2026 at 17:00 WIB (19:00 WIT)',
    );
  });

  it('repeats the date where midnight lies between the two zones', () => {
    const late = new Date('2026-12-31T23:30:00+07:00');
    expect(formatDateTime(late, { language: 'id', zone: 'Asia/Makassar' })).toBe(
      'Kamis, 31 Desember 2026 pukul 23.30 WIB (Jumat, 1 Januari 2027 pukul 00.30 WITA)',
    );
  });

  it('writes dates without a leading zero, from an instant or a calendar date', () => {
    expect(formatDate('2026-03-05', { language: 'id' })).toBe('Kamis, 5 Maret 2026');
    expect(formatDate(new Date('2026-03-04T17:00:00Z'), { language: 'en' })).toBe('Thursday, 5 March 2026');
  });

  it('writes a session with both its hours in both zones', () => {
    const session = {
      startsAt: new Date('2026-03-05T09:00:00+07:00'),
      endsAt: new Date('2026-03-05T10:00:00+07:00'),
    };
    expect(formatPeriod(session, { language: 'id' })).toBe('Kamis, 5 Maret 2026 pukul 09.00–10.00 WIB');
    expect(formatPeriod(session, { language: 'id', zone: 'Asia/Makassar' })).toBe(
      'Kamis, 5 Maret 2026 pukul 09.00–10.00 WIB (10.00–11.00 WITA)',
    );
  });

  it('writes the hours of a session alone where the day is written beside them', () => {
    const session = {
      startsAt: new Date('2026-03-05T13:00:00+07:00'),
      endsAt: new Date('2026-03-05T14:00:00+07:00'),
    };
    expect(formatHours(session, { language: 'en' })).toBe('13:00–14:00 WIB');
    expect(formatHours(session, { language: 'id', zone: 'Asia/Jayapura' })).toBe(
      '13.00–14.00 WIB (15.00–16.00 WIT)',
    );
  });

  it('refuses what is no date', () => {
    expect(() => formatDate('2026-02-30', { language: 'id' })).toThrow('invalid-input');
    expect(() => formatDateTime(new Date(Number.NaN), { language: 'id' })).toThrow('invalid-input');
  });
});
