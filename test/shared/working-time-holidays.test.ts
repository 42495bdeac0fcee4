import { describe, expect, it } from 'vitest';
import { defaultNonWorkingDays } from '../../src/shared/holidays-default.js';

const days = defaultNonWorkingDays();

/** Totals announced with each decree; the two election days of 2024 came by presidential decree on top. */
const ANNOUNCED = [
  { year: '2024', national: 17 + 2, leave: 10 },
  { year: '2025', national: 17, leave: 10 + 1 },
  { year: '2026', national: 17, leave: 8 },
  { year: '2027', national: 18, leave: 8 },
];

describe('the shipped holiday table (R-T2)', () => {
  it.each(ANNOUNCED)('$year holds as many days as were announced', ({ year, national, leave }) => {
    const ofYear = days.filter(({ date }) => date.startsWith(year));
    expect(ofYear.filter(({ kind }) => kind === 'national-holiday')).toHaveLength(national);
    expect(ofYear.filter(({ kind }) => kind === 'collective-leave')).toHaveLength(leave);
  });

  it('lists each date once, in order, with its decree', () => {
    const dates = days.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].sort());
    for (const day of days) expect(day.decree).toMatch(/Nomor \d+ Tahun 20\d\d/);
  });

  it('puts collective leave on weekdays only: leave on a weekend would be a slip', () => {
    for (const { date, kind } of days) {
      if (kind === 'collective-leave')
        expect([1, 2, 3, 4, 5], date).toContain(new Date(`${date}T00:00:00Z`).getUTCDay());
    }
  });
});
