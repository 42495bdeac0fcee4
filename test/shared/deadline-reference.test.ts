import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countedFrom,
  createWorkingCalendar,
  deadlineAfterWorkingDays,
  isOpen,
  workingMinutesBetween,
  type OfficeHours,
} from '../../src/shared/working-time.js';

const MINUTE = 60_000;
const DAY_MINUTES = 24 * 60;
const DAY = DAY_MINUTES * MINUTE;
/** Monday 2 March 2026, 00.00. */
const START = Date.UTC(2026, 2, 2);

/** The three zones of the country; none has summer time, so the reference may add an offset. */
const ZONES = [
  { zone: 'Asia/Jakarta', offset: 7 * 60 },
  { zone: 'Asia/Makassar', offset: 8 * 60 },
  { zone: 'Asia/Jayapura', offset: 9 * 60 },
];

type Minutes = readonly (readonly [from: number, to: number])[];

/** Up to four periods a day, in order and apart, to the minute; may reach midnight. */
const dayPeriods = fc
  .uniqueArray(fc.integer({ min: 0, max: DAY_MINUTES }), { maxLength: 8 })
  .map((edges): Minutes => {
    const sorted = edges.sort((a, b) => a - b);
    return Array.from({ length: Math.floor(sorted.length / 2) }, (_, i) => [
      sorted[2 * i]!,
      sorted[2 * i + 1]!,
    ]);
  });

const weeks = fc
  .array(dayPeriods, { minLength: 7, maxLength: 7 })
  .filter((week) => week.some((day) => day.length > 0));

/** Days after START that are off; none is after two months, so that every search ends. */
const daysOff = fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });

const minute = fc.integer({ min: 0, max: 14 * DAY_MINUTES });
const pause = fc.tuple(minute, fc.integer({ min: 0, max: 4 * DAY_MINUTES }));

const offices = fc.record({
  place: fc.constantFrom(...ZONES),
  week: weeks,
  off: daysOff,
  received: minute,
  n: fc.integer({ min: 0, max: 6 }),
  pauses: fc.array(pause, { maxLength: 3 }),
});
type Sample = typeof offices extends fc.Arbitrary<infer T> ? T : never;

/** The same office, minute by minute and without the code under test. Minutes are local and count from START. */
function reference({ week, off }: Sample) {
  const closed = new Set(off);
  const periodsOf = (day: number): Minutes => (closed.has(day) ? [] : week[((day % 7) + 7) % 7]!);
  const open = (at: number): boolean => {
    const day = Math.floor(at / DAY_MINUTES);
    return periodsOf(day).some(([from, to]) => from <= at - day * DAY_MINUTES && at - day * DAY_MINUTES < to);
  };
  /** The office leaves for the day: it was open a minute ago and does not open again before midnight. */
  const closes = (at: number): boolean => {
    if (!open(at - 1)) return false;
    for (let later = at; later % DAY_MINUTES !== 0; later += 1) if (open(later)) return false;
    return true;
  };
  /** Some minute of the same day before it, and some at or after it, is worked. */
  const within = (at: number): boolean => {
    const midnight = Math.floor(at / DAY_MINUTES) * DAY_MINUTES;
    let before = open(at);
    for (let other = midnight; other < at && !before; other += 1) before = open(other);
    let after = open(at);
    for (let other = at; other < midnight + DAY_MINUTES && !after; other += 1) after = open(other);
    return before && after;
  };
  const from = (at: number): number => {
    if (within(at)) return at;
    let next = at;
    while (!open(next)) next += 1;
    return next;
  };
  return { open, closes, from };
}

function naiveDueAt(sample: Sample): number {
  const { closes, from } = reference(sample);
  const { received, n, pauses } = sample;
  const waiting = (at: number): boolean =>
    pauses.some(([begin, length]) => begin < at && at <= begin + length);
  let at = from(received);
  // Day 0 ends with the first closing; a closing that is waited through is one more to go.
  for (let left = n + 1; left > 0;) {
    at += 1;
    if (closes(at) && !waiting(at)) left -= 1;
  }
  return at;
}

function calendarOf({ place, week, off }: Sample) {
  const time = (minutes: number): string =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const periods: Record<number, OfficeHours['periods'][1]> = {};
  week.forEach((day, index) => {
    periods[index + 1] = day.map(([from, to]) => ({ from: time(from), to: time(to) }));
  });
  const days = off.map((day) => ({
    date: new Date(START + day * DAY).toISOString().slice(0, 10),
    name: 'Libur',
    kind: 'office-closing' as const,
  }));
  return createWorkingCalendar({ zone: place.zone, periods: periods as OfficeHours['periods'] }, days);
}

const instantAt = ({ place }: Sample, minutes: number): Date =>
  new Date(START + (minutes - place.offset) * MINUTE);

describe('any office, with several periods a day (R-T3, R-T4)', () => {
  it('has the deadlines, openings and minutes of a clock-watcher', () => {
    fc.assert(
      fc.property(offices, minute, (sample, other) => {
        const calendar = calendarOf(sample);
        const { open, from } = reference(sample);
        const at = instantAt(sample, sample.received);
        const pauses = sample.pauses.map(([begin, length]) => ({
          from: instantAt(sample, begin),
          to: instantAt(sample, begin + length),
        }));
        expect(isOpen(calendar, at)).toBe(open(sample.received));
        expect(countedFrom(calendar, at)).toEqual(instantAt(sample, from(sample.received)));
        const found = deadlineAfterWorkingDays(calendar, at, sample.n, pauses);
        expect(found.dueAt).toEqual(instantAt(sample, naiveDueAt(sample)));
        const [first, last] = [Math.min(sample.received, other), Math.max(sample.received, other)];
        let minutes = 0;
        for (let each = first; each < last; each += 1) if (open(each)) minutes += 1;
        expect(workingMinutesBetween(calendar, instantAt(sample, first), instantAt(sample, last))).toBe(
          minutes,
        );
      }),
      { numRuns: 150 },
    );
  });

  it('is never due while or before a pause ends that began in time: whoever answers finds the deadline still ahead', () => {
    fc.assert(
      fc.property(offices, pause, (sample, [begin, length]) => {
        const calendar = calendarOf(sample);
        const at = instantAt(sample, sample.received);
        const plain = deadlineAfterWorkingDays(calendar, at, sample.n).dueAt;
        const waited = { from: instantAt(sample, begin), to: instantAt(sample, begin + length) };
        const { dueAt, paused } = deadlineAfterWorkingDays(calendar, at, sample.n, [waited]);
        expect(dueAt.getTime()).toBeGreaterThanOrEqual(plain.getTime());
        expect(paused.length > 0).toBe(dueAt > plain);
        if (waited.from < plain) expect(dueAt > waited.to || dueAt.getTime() === plain.getTime()).toBe(true);
        if (waited.from < plain && plain <= waited.to) expect(dueAt > waited.to).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});
