import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultNonWorkingDays } from '../../src/shared/holidays-default.js';
import {
  countedFrom,
  createWorkingCalendar,
  deadlineAfterWorkingDays,
  DEFAULT_OFFICE_HOURS,
  isOpen,
  isWorkingDay,
  nextOpening,
  workingMinutesBetween,
  type NonWorkingDay,
} from '../../src/shared/working-time.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const shipped = defaultNonWorkingDays();
const shippedDates = new Set(shipped.map(({ date }) => date));
const calendar = createWorkingCalendar(DEFAULT_OFFICE_HOURS, shipped);

const instants = fc.date({
  min: new Date('2024-01-01T00:00:00Z'),
  max: new Date('2027-11-30T00:00:00Z'),
  noInvalidDate: true,
});
const counts = fc.integer({ min: 0, max: 15 });
const dayOff = fc.integer({ min: 0, max: 4 * 365 }).map((offset): NonWorkingDay => ({
  date: wibDate(Date.UTC(2024, 0, 1) + offset * DAY),
  name: 'Tutup',
  kind: 'office-closing',
}));

function wibDate(time: number): string {
  return new Date(time + 7 * HOUR).toISOString().slice(0, 10);
}

/** Opening hours written a second time, minute by minute and without the code under test. */
function naivelyOpen(time: number): boolean {
  const local = new Date(time + 7 * HOUR);
  const weekday = local.getUTCDay();
  if (weekday === 0 || weekday === 6 || shippedDates.has(wibDate(time))) return false;
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const breakFrom = weekday === 5 ? 690 : 720;
  const breakTo = weekday === 5 ? 810 : 780;
  return minute >= 480 && minute < 1020 && !(minute >= breakFrom && minute < breakTo);
}

/** The deadline as a clock-watcher would find it: the end of the (n + 1)-th office day after the receipt. */
function naiveDueAt(receivedAt: Date, workingDays: number): number {
  let time = Math.floor(receivedAt.getTime() / MINUTE) * MINUTE;
  for (let closings = 0; closings <= workingDays;) {
    time += MINUTE;
    const isClosing = (time + 7 * HOUR) % DAY === 17 * HOUR && naivelyOpen(time - MINUTE);
    if (isClosing) closings += 1;
  }
  return time;
}

describe('working time, for any moment (R-T4)', () => {
  it('agrees with a minute-by-minute reference', () => {
    const fewDays = fc.integer({ min: 0, max: 4 });
    fc.assert(
      fc.property(instants, fewDays, (receivedAt, n) => {
        expect(deadlineAfterWorkingDays(calendar, receivedAt, n).dueAt.getTime()).toBe(
          naiveDueAt(receivedAt, n),
        );
        expect(isOpen(calendar, receivedAt)).toBe(naivelyOpen(receivedAt.getTime()));
      }),
      { numRuns: 60 },
    );
  });

  it('is due at the closing time of a working day, never before receipt', () => {
    fc.assert(
      fc.property(instants, counts, (receivedAt, n) => {
        const { dueAt, countedFrom: from } = deadlineAfterWorkingDays(calendar, receivedAt, n);
        expect(isWorkingDay(calendar, dueAt)).toBe(true);
        expect((dueAt.getTime() + 7 * HOUR) % DAY).toBe(17 * HOUR);
        expect(from.getTime()).toBeGreaterThanOrEqual(receivedAt.getTime());
        expect(dueAt.getTime()).toBeGreaterThan(from.getTime());
      }),
    );
  });

  it('never gives the later question or the longer term the earlier deadline', () => {
    fc.assert(
      fc.property(instants, instants, counts, (one, other, n) => {
        const [first, second] = one <= other ? [one, other] : [other, one];
        const due = (at: Date, days: number): number =>
          deadlineAfterWorkingDays(calendar, at, days).dueAt.getTime();
        expect(due(first, n)).toBeLessThanOrEqual(due(second, n));
        expect(due(first, n)).toBeLessThan(due(first, n + 1));
        expect(countedFrom(calendar, first).getTime()).toBeLessThanOrEqual(
          countedFrom(calendar, second).getTime(),
        );
      }),
    );
  });

  it('never makes a deadline earlier by adding days off', () => {
    fc.assert(
      fc.property(instants, counts, fc.array(dayOff, { maxLength: 40 }), (receivedAt, n, extra) => {
        const fuller = createWorkingCalendar(DEFAULT_OFFICE_HOURS, [...shipped, ...extra]);
        const before = deadlineAfterWorkingDays(calendar, receivedAt, n).dueAt.getTime();
        expect(deadlineAfterWorkingDays(fuller, receivedAt, n).dueAt.getTime()).toBeGreaterThanOrEqual(
          before,
        );
      }),
    );
  });

  it('leaves as many skipped days as the calendar span holds beyond the working days', () => {
    fc.assert(
      fc.property(instants, counts, (receivedAt, n) => {
        const { dueAt, skipped, countedFrom: from } = deadlineAfterWorkingDays(calendar, receivedAt, n);
        const span = (Date.parse(wibDate(dueAt.getTime())) - Date.parse(wibDate(receivedAt.getTime()))) / DAY;
        const afterClosing =
          isWorkingDay(calendar, receivedAt) && wibDate(from.getTime()) !== wibDate(receivedAt.getTime());
        const dayZeroOff = isWorkingDay(calendar, receivedAt) ? 0 : 1;
        expect(span).toBe(n + skipped.length - dayZeroOff + (afterClosing || dayZeroOff === 1 ? 1 : 0));
      }),
    );
  });

  it('finds nothing open before the next opening, and adds up working minutes piece by piece', () => {
    fc.assert(
      fc.property(
        instants,
        fc.integer({ min: 0, max: 20 * 24 * 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (from, length, cut) => {
          const opening = nextOpening(calendar, from);
          expect(isOpen(calendar, opening)).toBe(true);
          expect(workingMinutesBetween(calendar, from, opening)).toBe(0);
          const to = new Date(from.getTime() + length * MINUTE);
          const middle = new Date(from.getTime() + Math.floor(cut * length) * MINUTE);
          const parts =
            workingMinutesBetween(calendar, from, middle) + workingMinutesBetween(calendar, middle, to);
          expect(parts).toBeCloseTo(workingMinutesBetween(calendar, from, to), 6);
        },
      ),
    );
  });
});
