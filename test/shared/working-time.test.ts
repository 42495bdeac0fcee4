import { describe, expect, it } from 'vitest';
import { defaultNonWorkingDays } from '../../src/shared/holidays-default.js';
import {
  countedFrom,
  createWorkingCalendar,
  deadlineAfterWorkingDays,
  DEFAULT_OFFICE_HOURS,
  earliestDateAfterWorkingDays,
  isOpen,
  isWorkingDay,
  nextOpening,
  workingMinutesBetween,
  type NonWorkingDay,
  type OfficeHours,
} from '../../src/shared/working-time.js';

const calendar = createWorkingCalendar(DEFAULT_OFFICE_HOURS, defaultNonWorkingDays());
/** Local WIB time "yyyy-MM-dd HH:mm". */
const wib = (text: string): Date => new Date(`${text.replace(' ', 'T')}+07:00`);

describe('working days (R-T2)', () => {
  it.each([
    ['2026-03-02', true, 'an ordinary Monday'],
    ['2026-03-07', false, 'a Saturday'],
    ['2026-03-08', false, 'a Sunday'],
    ['2026-03-19', false, 'Nyepi, a national holiday'],
    ['2026-03-20', false, 'collective leave before Idulfitri'],
    ['2025-08-18', false, 'collective leave added by decree in August 2025'],
    ['2024-02-14', false, 'election day, by presidential decree'],
    ['2027-03-15', false, 'last collective leave of Lebaran 2027'],
    ['2027-03-16', true, 'the first day back'],
  ])('%s: %s (%s)', (date, expected) => {
    expect(isWorkingDay(calendar, date)).toBe(expected);
  });

  it('takes the date of an instant in WIB, not in UTC', () => {
    expect(isWorkingDay(calendar, new Date('2026-03-01T16:59:00Z'))).toBe(false);
    expect(isWorkingDay(calendar, new Date('2026-03-01T17:00:00Z'))).toBe(true);
  });
});

describe('operating hours (R-T3)', () => {
  it.each([
    ['2026-03-02 07:59', false],
    ['2026-03-02 08:00', true],
    ['2026-03-02 11:59', true],
    ['2026-03-02 12:00', false],
    ['2026-03-02 13:00', true],
    ['2026-03-02 16:59', true],
    ['2026-03-02 17:00', false],
    ['2026-03-06 11:30', false],
    ['2026-03-06 13:15', false],
    ['2026-03-06 13:30', true],
    ['2026-03-19 10:00', false],
  ])('%s WIB is open: %s', (time, expected) => {
    expect(isOpen(calendar, wib(time))).toBe(expected);
  });

  it.each([
    ['2026-03-02 10:00', '2026-03-02 10:00'],
    ['2026-03-02 06:00', '2026-03-02 08:00'],
    ['2026-03-02 12:10', '2026-03-02 13:00'],
    ['2026-03-06 17:59', '2026-03-09 08:00'],
    ['2026-03-17 17:00', '2026-03-25 08:00'],
  ])('asked at %s a person is there at %s', (now, expected) => {
    expect(nextOpening(calendar, wib(now))).toEqual(wib(expected));
  });

  it('counts working minutes without breaks, nights and days off', () => {
    expect(workingMinutesBetween(calendar, wib('2026-03-02 11:00'), wib('2026-03-02 14:00'))).toBe(120);
    expect(workingMinutesBetween(calendar, wib('2026-03-06 08:00'), wib('2026-03-06 17:00'))).toBe(420);
    expect(workingMinutesBetween(calendar, wib('2026-03-17 16:00'), wib('2026-03-25 09:30'))).toBe(150);
    expect(workingMinutesBetween(calendar, wib('2026-03-02 14:00'), wib('2026-03-02 14:00:30'))).toBe(0.5);
    expect(workingMinutesBetween(calendar, wib('2026-03-03 14:00'), wib('2026-03-02 14:00'))).toBe(0);
  });
});

describe('counting (R-T4)', () => {
  it.each([
    ['2026-03-02 10:00', '2026-03-02 10:00', 'within hours: the moment itself'],
    ['2026-03-02 12:30', '2026-03-02 12:30', 'in the lunch break: the same day'],
    ['2026-03-06 12:00', '2026-03-06 12:00', 'during Friday prayer: the same day'],
    ['2026-03-02 00:00', '2026-03-02 08:00', 'at midnight: that day’s opening'],
    ['2026-03-02 07:59', '2026-03-02 08:00', 'before opening: that day’s opening'],
    ['2026-03-02 17:00', '2026-03-03 08:00', 'at the closing minute: the next day'],
    ['2026-03-06 17:59', '2026-03-09 08:00', 'Friday 17.59: Monday'],
    ['2026-03-07 10:00', '2026-03-09 08:00', 'a Saturday: Monday'],
    ['2026-03-18 10:00', '2026-03-25 08:00', 'in the Lebaran holidays 2026: the first day back'],
  ])('received %s counts from %s (%s)', (received, expected) => {
    expect(countedFrom(calendar, wib(received))).toEqual(wib(expected));
  });

  it.each([
    // The examples of the rule itself.
    ['2026-03-02 10:00', 3, '2026-03-05 17:00'],
    ['2026-03-06 18:30', 3, '2026-03-12 17:00'],
    // Friday, one minute around closing.
    ['2026-03-06 16:59', 1, '2026-03-09 17:00'],
    ['2026-03-06 17:00', 1, '2026-03-10 17:00'],
    ['2026-03-06 17:59', 1, '2026-03-10 17:00'],
    // Lebaran 2026: 18–24 March are Nyepi, Idulfitri and collective leave.
    ['2026-03-17 10:00', 3, '2026-03-27 17:00'],
    ['2026-03-16 10:00', 2, '2026-03-25 17:00'],
    ['2026-03-21 10:00', 2, '2026-03-27 17:00'],
    // Year's end: 24 and 25 December and 1 January are off, 2026-12-31 is not.
    ['2026-12-23 10:00', 2, '2026-12-29 17:00'],
    ['2026-12-30 16:00', 2, '2027-01-04 17:00'],
    ['2026-12-31 17:30', 3, '2027-01-08 17:00'],
    // Ends on a Friday, which closes at 17.00 as well.
    ['2026-03-03 09:00', 3, '2026-03-06 17:00'],
    // n = 0 ends the day of receipt.
    ['2026-03-02 10:00', 0, '2026-03-02 17:00'],
    ['2026-03-07 10:00', 0, '2026-03-09 17:00'],
  ])('received %s, %i working days: due %s', (received, workingDays, due) => {
    expect(deadlineAfterWorkingDays(calendar, wib(received), workingDays).dueAt).toEqual(wib(due));
  });

  it('gives the same deadline for the same instant written in WITA or UTC', () => {
    const due = wib('2026-03-05 17:00');
    for (const received of [
      '2026-03-02T11:00:00+08:00',
      '2026-03-02T03:00:00Z',
      '2026-03-02T12:00:00+09:00',
    ]) {
      expect(deadlineAfterWorkingDays(calendar, new Date(received), 3).dueAt).toEqual(due);
    }
  });

  it('names every day that did not count, from the day of receipt on', () => {
    const { skipped } = deadlineAfterWorkingDays(calendar, wib('2026-03-17 18:00'), 1);
    expect(skipped.map(({ date, reason }) => `${date} ${reason}`)).toEqual([
      '2026-03-18 collective-leave',
      '2026-03-19 national-holiday',
      '2026-03-20 collective-leave',
      '2026-03-21 weekend',
      '2026-03-22 weekend',
      '2026-03-23 collective-leave',
      '2026-03-24 collective-leave',
    ]);
    expect(skipped[1]?.name).toBe('Hari Suci Nyepi (Tahun Baru Saka 1948)');
    const fromSaturday = deadlineAfterWorkingDays(calendar, wib('2026-03-07 10:00'), 1).skipped;
    expect(fromSaturday.map(({ date }) => date)).toEqual(['2026-03-07', '2026-03-08']);
  });

  it('allows nothing before the n-th working day for "at the earliest" (R-B2, R-C1)', () => {
    expect(earliestDateAfterWorkingDays(calendar, wib('2026-03-02 10:00'), 3)).toBe('2026-03-05');
    expect(earliestDateAfterWorkingDays(calendar, wib('2026-03-06 18:30'), 3)).toBe('2026-03-12');
    expect(earliestDateAfterWorkingDays(calendar, wib('2026-03-16 10:00'), 3)).toBe('2026-03-26');
  });

  it('moves with a closing of the office', () => {
    const closing: NonWorkingDay = { date: '2026-03-04', name: 'Perbaikan gedung', kind: 'office-closing' };
    const moved = createWorkingCalendar(DEFAULT_OFFICE_HOURS, [...defaultNonWorkingDays(), closing]);
    const { dueAt, skipped } = deadlineAfterWorkingDays(moved, wib('2026-03-02 10:00'), 3);
    expect(dueAt).toEqual(wib('2026-03-06 17:00'));
    expect(skipped).toEqual([{ date: '2026-03-04', reason: 'office-closing', name: 'Perbaikan gedung' }]);
  });

  it.each([-1, 1.5, Number.NaN, 261])('refuses %s working days', (workingDays) => {
    expect(() => deadlineAfterWorkingDays(calendar, wib('2026-03-02 10:00'), workingDays)).toThrow(
      'invalid-input',
    );
  });
});

describe('calendars that cannot be', () => {
  const everyDay = (periods: OfficeHours['periods'][1]): OfficeHours => ({
    zone: 'Asia/Jakarta',
    periods: { 1: periods, 2: periods, 3: periods, 4: periods, 5: periods, 6: periods, 7: periods },
  });

  it('says so when no weekday opens', () => {
    expect(() => createWorkingCalendar(everyDay([]), [])).toThrow('calendar-without-open-day');
  });

  it('gives up after a year of days off instead of searching for ever', () => {
    const days = Array.from({ length: 800 }, (_, index) => ({
      date: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
      name: 'Tutup',
      kind: 'office-closing' as const,
    }));
    const closed = createWorkingCalendar(DEFAULT_OFFICE_HOURS, days);
    expect(() => nextOpening(closed, wib('2026-01-05 10:00'))).toThrow('calendar-without-open-day');
    expect(() => deadlineAfterWorkingDays(closed, wib('2026-01-05 10:00'), 1)).toThrow(
      'calendar-without-open-day',
    );
  });

  it.each([
    ['8:00', '12:00'],
    ['08:00', '25:00'],
    ['08:60', '12:00'],
    ['12:00', '08:00'],
    ['08:00', '08:00'],
  ])('refuses the period %s to %s', (from, to) => {
    expect(() => createWorkingCalendar(everyDay([{ from, to }]), [])).toThrow('invalid-input');
  });

  it('refuses overlapping periods, an unknown zone and a date that does not exist', () => {
    const overlap = [
      { from: '08:00', to: '12:00' },
      { from: '11:00', to: '17:00' },
    ];
    expect(() => createWorkingCalendar(everyDay(overlap), [])).toThrow('invalid-input');
    const nowhere = { ...DEFAULT_OFFICE_HOURS, zone: 'Asia/Nowhere' };
    expect(() => createWorkingCalendar(nowhere, [])).toThrow('invalid-input');
    for (const date of ['2026-02-30', '2026-2-3', '20260203', '2026-W10-1']) {
      const day: NonWorkingDay = { date, name: 'x', kind: 'office-closing' };
      expect(() => createWorkingCalendar(DEFAULT_OFFICE_HOURS, [day])).toThrow('invalid-input');
    }
  });

  it('refuses an instant that is no date', () => {
    expect(() => isOpen(calendar, new Date(Number.NaN))).toThrow('invalid-input');
  });

  it('opens round the clock when a day ends at 24:00', () => {
    const always = createWorkingCalendar(everyDay([{ from: '00:00', to: '24:00' }]), []);
    expect(workingMinutesBetween(always, wib('2026-03-02 00:00'), wib('2026-03-09 00:00'))).toBe(7 * 24 * 60);
    expect(isOpen(always, wib('2026-03-02 23:59'))).toBe(true);
  });
});
