import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultNonWorkingDays } from '../../src/shared/holidays-default.js';
import {
  createWorkingCalendar,
  DEFAULT_OFFICE_HOURS,
  deadlineAfterWorkingDays,
  earliestDateAfterWorkingDays,
  type OfficeHours,
  type Pause,
  type WorkingCalendar,
} from '../../src/shared/working-time.js';

interface Group {
  rule: string;
  note: string;
  received: string;
  countedFrom?: string;
  due: string;
  hours?: string;
  open?: string;
  closed?: string;
  pauses?: string[];
}

const corpus = JSON.parse(readFileSync(new URL('deadline-corpus.json', import.meta.url), 'utf8')) as {
  hours: Record<string, { zone: string; weekdays: string[] }>;
  daysOff: Record<string, string>;
  groups: Group[];
};

const OFFSETS = { UTC: '+00:00', WIB: '+07:00', WITA: '+08:00', WIT: '+09:00' };

const daysOff = Object.entries(corpus.daysOff).flatMap(([year, days]) =>
  days.split(' ').map((day) => `${year}-${day}`),
);

const cases = corpus.groups.flatMap((group) =>
  group.due.split(', ').map((entry) => {
    const [, n = '', date = '', time = '17:00'] = /^(\d+): (\S+)(?: (\S+))?$/.exec(entry) ?? [];
    return { group, n: Number(n), date, due: instant(`${date} ${time}`), midnight: time === '00:00' };
  }),
);

function instant(text: string): Date {
  const [date, time, zone = 'WIB'] = text.split(' ');
  return new Date(`${date}T${time}:00${OFFSETS[zone as keyof typeof OFFSETS]}`);
}

function hoursOf(name: string): OfficeHours {
  const { zone, weekdays } = corpus.hours[name]!;
  const periods = weekdays.map((day, index) => [
    index + 1,
    day
      .split(' ')
      .flatMap((period) => (period === '' ? [] : [{ from: period.slice(0, 5), to: period.slice(6) }])),
  ]);
  return { zone, periods: Object.fromEntries(periods) as OfficeHours['periods'] };
}

function calendarOf({ hours = 'default', open = '', closed = '' }: Group): WorkingCalendar {
  const days = [...daysOff.filter((date) => !open.includes(date)), ...closed.split(' ').filter(Boolean)];
  return createWorkingCalendar(
    hoursOf(hours),
    days.map((date) => ({ date, name: 'Libur', kind: 'national-holiday' })),
  );
}

function pausesOf({ pauses = [] }: Group): Pause[] {
  return pauses.map((pause) => {
    const [from = '', to = ''] = pause.split(' to ');
    return { from: instant(from), to: instant(to) };
  });
}

describe('the corpus of deadlines worked out by hand', () => {
  it('holds at least 200 cases, each with a rule', () => {
    expect(cases.length).toBeGreaterThanOrEqual(200);
    for (const { rule } of corpus.groups) expect(rule).toMatch(/^R-[A-F]\d|^R-T\d/);
  });

  it('was written for the hours and days off that ship', () => {
    expect(hoursOf('default')).toEqual(DEFAULT_OFFICE_HOURS);
    const shipped = new Set(defaultNonWorkingDays().map(({ date }) => date));
    for (const date of daysOff) expect(shipped, date).toContain(date);
  });

  it.each(cases)(
    '$group.rule: $n days from $group.received, $group.note',
    ({ group, n, date, due, midnight }) => {
      const calendar = calendarOf(group);
      const received = instant(group.received);
      const pauses = pausesOf(group);
      const found = deadlineAfterWorkingDays(calendar, received, n, pauses);
      expect(found.dueAt).toEqual(due);
      expect(found.countedFrom).toEqual(instant(group.countedFrom ?? group.received));
      // "At the earliest n working days after" names the same day (R-B2, R-C1); a closing at midnight ends the day before.
      if (pauses.length === 0 && !midnight)
        expect(earliestDateAfterWorkingDays(calendar, received, n)).toBe(date);
    },
  );
});
