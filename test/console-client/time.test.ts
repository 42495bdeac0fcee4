import { afterEach, describe, expect, test } from 'vitest';
import { loadLanguage } from '../../src/console/client/text/text.js';
import {
  dayKey,
  describeDue,
  formatAgo,
  formatDate,
  formatDay,
  formatFull,
  formatListTime,
  weekdayName,
} from '../../src/console/client/text/time.js';

// Monday 2 March 2026, 10.00 WIB.
const NOW = new Date('2026-03-02T03:00:00Z');

afterEach(() => loadLanguage('id'));

describe('times of the console are in WIB (R-T1)', () => {
  test('a full time names weekday, date, hour and zone', () => {
    expect(formatFull('2026-03-05T10:00:00Z')).toBe('Kamis, 5 Maret 2026 pukul 17.00 WIB');
  });

  test('English writes the hour with a colon', async () => {
    await loadLanguage('en');
    expect(formatFull('2026-03-05T10:00:00Z')).toMatch(/^Thursday,? 5 March 2026 at 17:00 WIB$/);
  });

  test('the day changes at midnight in Jakarta, not at midnight UTC', () => {
    expect(dayKey('2026-03-01T16:59:59Z')).not.toBe(dayKey('2026-03-01T17:00:00Z'));
    expect(dayKey('2026-03-01T17:00:00Z')).toBe(dayKey('2026-03-02T16:59:59Z'));
    expect(formatDay('2026-03-01T17:00:00Z', NOW)).toBe('Hari ini');
    expect(formatDay('2026-03-01T16:59:00Z', NOW)).toBe('Kemarin');
  });

  test('a bare date is that day', () => {
    expect(formatDate('2026-08-17')).toBe('Senin, 17 Agustus 2026');
  });

  test.each([
    ['2026-03-02T01:05:00Z', '08.05'],
    ['2026-03-01T10:00:00Z', 'Kemarin'],
    ['2026-02-10T10:00:00Z', '10 Feb'],
    ['2025-12-31T10:00:00Z', '31 Des 2025'],
  ])('in a list %s reads %s', (at, expected) => {
    expect(formatListTime(at, NOW)).toBe(expected);
  });

  test.each([
    [20_000, 'baru saja'],
    [5 * 60_000, '5 menit lalu'],
    [3 * 3_600_000, '3 jam lalu'],
    [50 * 3_600_000, '2 hari lalu'],
  ])('%d ms ago reads %s', (ago, expected) => {
    expect(formatAgo(new Date(NOW.getTime() - ago).toISOString(), NOW)).toBe(expected);
  });

  test('weekdays go by their ISO number', () => {
    expect([1, 5, 7].map(weekdayName)).toEqual(['Senin', 'Jumat', 'Minggu']);
  });
});

describe('a deadline in words and haste (R-A3)', () => {
  test.each([
    ['2026-03-03T10:00:00Z', 'jatuh tempo besok 17.00', 'calm'],
    ['2026-03-02T10:00:00Z', 'jatuh tempo hari ini 17.00', 'today'],
    ['2026-03-02T06:59:00Z', 'jatuh tempo hari ini 13.59', 'soon'],
    ['2026-03-05T10:00:00Z', 'jatuh tempo Kamis 17.00', 'calm'],
    ['2026-03-12T10:00:00Z', 'jatuh tempo 12 Mar', 'calm'],
    ['2026-03-02T02:50:00Z', 'terlambat 10 menit', 'late'],
    ['2026-03-02T00:00:00Z', 'terlambat 3 jam', 'late'],
    ['2026-02-27T10:00:00Z', 'terlambat 2 hari', 'late'],
  ])('%s reads "%s" and looks %s', (dueAt, text, tone) => {
    expect(describeDue(dueAt, NOW)).toEqual({ text, tone });
  });
});
