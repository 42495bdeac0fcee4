import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { findDates } from '../../../src/language/index.js';
import { NOW, labelled } from '../measure.js';

const dateIn = (text: string, now = NOW): string | undefined => findDates(text, { now }).date?.value;
const MONTHS = [
  'Januari',
  'Februari',
  'Maret',
  'April',
  'Mei',
  'Juni',
  'Juli',
  'Agustus',
  'September',
  'Oktober',
  'November',
  'Desember',
];
const WEEKDAYS = ['Senin', 'Selasa', 'Rabu', 'Kamis', 'Jumat', 'Sabtu', 'Minggu'];
const someDay = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
  .map((date) => DateTime.fromJSDate(date, { zone: 'Asia/Jakarta' }).startOf('day').plus({ hours: 9 }));

describe('findDates', () => {
  it('reads any day in the usual ways of writing it, day first', () => {
    fc.assert(
      fc.property(someDay, (day) => {
        const month = MONTHS[day.month - 1] ?? '';
        const iso = day.toISODate();
        for (const text of [
          `${day.day} ${month} ${day.year}`,
          `tgl ${day.day} ${month.slice(0, 3).toLowerCase()} ${day.toFormat('yy')} ya`,
          day.toFormat('d/M/yyyy'),
          day.toFormat('dd-MM-yyyy'),
          day.toFormat('dd.MM.yyyy'),
          day.toFormat('yyyy-MM-dd'),
          `${WEEKDAYS[day.weekday - 1] ?? ''}, ${day.day} ${month} ${day.year} pukul 09.00 WIB`,
        ]) {
          expect(dateIn(text), text).toBe(iso);
        }
      }),
    );
  });

  it('asks about a weekday that is not that of the date', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 1, max: 6 }), (day, off) => {
        const weekday = WEEKDAYS[(day.weekday - 1 + off) % 7] ?? '';
        const found = findDates(`${weekday}, ${day.day} ${MONTHS[day.month - 1] ?? ''} ${day.year}`, {
          now: NOW,
        });
        expect(found.questions).toContain('conflictWeekday');
        expect(found.date?.confidence).toBeLessThan(0.5);
      }),
    );
  });

  it('never goes back in time unless the text does', () => {
    const ahead = [
      'besok',
      'lusa',
      'jumat',
      'senin',
      'tgl 5',
      'tgl 31',
      'tanggal 29',
      '1 maret',
      '29 feb',
      'Kamis depan',
      'hari ini',
      '12/3',
      'akhir bulan',
      'minggu depan hari selasa',
      'dua minggu lagi',
    ];
    fc.assert(
      fc.property(someDay, fc.constantFrom(...ahead), (day, text) => {
        const found = dateIn(text, day.toJSDate());
        if (found !== undefined) expect(found >= (day.toISODate() ?? '')).toBe(true);
      }),
    );
    expect(dateIn('kemarin')).toBe('2026-03-01');
    expect(dateIn('Senin lalu')).toBe('2026-02-23');
    expect(dateIn('12 Januari 2024')).toBe('2024-01-12');
  });

  it('names a weekday of the coming seven days, and of next week with "depan"', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 6 }), (day, at) => {
        const name = WEEKDAYS[at] ?? '';
        const bare = DateTime.fromISO(dateIn(`hari ${name}`, day.toJSDate()) ?? '', { zone: 'Asia/Jakarta' });
        expect(bare.weekday).toBe(at + 1);
        const away = bare.diff(day.startOf('day'), 'days').days;
        expect(away).toBeGreaterThanOrEqual(1);
        expect(away).toBeLessThanOrEqual(7);
        const next = DateTime.fromISO(dateIn(`hari ${name} minggu depan`, day.toJSDate()) ?? '', {
          zone: 'Asia/Jakarta',
        });
        expect(next.startOf('week').toISODate()).toBe(day.startOf('week').plus({ weeks: 1 }).toISODate());
        expect(next.weekday).toBe(at + 1);
      }),
    );
  });

  it('counts from the day it is where the user is', () => {
    const lateEvening = new Date('2026-03-02T23:30:00+07:00');
    expect(findDates('besok', { now: lateEvening }).date?.value).toBe('2026-03-03');
    expect(findDates('besok', { now: lateEvening, zone: 'Asia/Jayapura' }).date?.value).toBe('2026-03-04');
    expect(findDates('besok', { now: lateEvening, zone: 'Mars/Olympus' }).date?.value).toBe('2026-03-03');
  });

  it('gives days and hours with where they stand', () => {
    const text = 'Mohon jadwal hari Kamis, 12 Maret 2026 pukul 09.00 s.d. 10.00 WITA ya';
    const { date, time, endTime, zone } = findDates(text, { now: NOW });
    expect(text.slice(date?.span.start, date?.span.end)).toBe('hari Kamis, 12 Maret 2026');
    expect(text.slice(time?.span.start, time?.span.end)).toBe('pukul 09.00 s.d. 10.00');
    expect([time?.value, endTime?.value, zone?.value]).toEqual(['09:00', '10:00', 'WITA']);
  });

  it('tags what is open', () => {
    const questions = (text: string): string[] => findDates(text, { now: NOW }).questions;
    expect(questions('besok')).toEqual(['noTime']);
    expect(questions('besok jam 2')).toEqual(['ambiguousHour']);
    expect(questions('besok jam 2 siang')).toEqual([]);
    expect(questions('minggu depan')).toContain('ambiguousWeek');
    expect(questions('Kamis depan jam 10')).toEqual(['ambiguousWeek']);
    expect(questions('Senin depan jam 10')).toEqual([]);
    expect(questions('12 atau 13 Maret jam 9')).toEqual(['severalDates']);
    expect(questions('akhir bulan jam 9')).toEqual(['vagueDate']);
    expect(questions('12 Januari jam 9')).toEqual(['pastOrFuture']);
    expect(questions('halo')).toEqual([]);
  });

  it('does not depend on the zone of the process', () => {
    const texts = labelled('dates', 'dev').map(([text]) => text);
    const script = `
      import { findDates } from '${new URL('../../../src/language/index.ts', import.meta.url).pathname}';
      const nows = ['2026-03-02T09:00:00+07:00', '2026-03-08T14:30:00+07:00', '2026-11-01T13:15:00+07:00', '2026-12-31T23:59:00+07:00'];
      const texts = ${JSON.stringify(texts)};
      process.stdout.write(JSON.stringify(nows.map((now) => texts.map((text) => findDates(text, { now: new Date(now) })))));`;
    const runIn = (TZ: string): string =>
      execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
        env: { ...process.env, TZ },
        encoding: 'utf8',
      });
    const [utc, ...others] = ['UTC', 'America/New_York', 'Pacific/Kiritimati'].map(runIn);
    for (const other of others) expect(other).toBe(utc);
  });
});
