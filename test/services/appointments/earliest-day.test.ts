import { describe, expect, it } from 'vitest';
import type { RequestLetter } from '../../../src/models/appointment.js';
import type { BookingKind } from '../../../src/models/ticket.js';
import { earliestDay } from '../../../src/services/appointments/earliest-day.js';
import { defaultNonWorkingDays } from '../../../src/shared/holidays-default.js';
import { createWorkingCalendar, DEFAULT_OFFICE_HOURS } from '../../../src/shared/working-time.js';
import { wib } from '../../support/appointments.js';

const calendar = createWorkingCalendar(DEFAULT_OFFICE_HOURS, defaultNonWorkingDays());

function earliest(kind: BookingKind, received: string, now = received): string {
  const letter = { receivedAt: wib(received) } as RequestLetter;
  return earliestDay(calendar, { kind, letter }, wib(now));
}

describe('the earliest day (R-T4, R-B2, R-C1)', () => {
  it('is the third working day after the letter, over the ministry’s network the fifth', () => {
    expect(earliest('visit', '2026-03-02T10:00')).toBe('2026-03-05');
    expect(earliest('video-application', '2026-03-02T10:00')).toBe('2026-03-05');
    expect(earliest('video-network', '2026-03-02T10:00')).toBe('2026-03-09');
  });

  it('counts a letter of Friday 16.59 from Friday, of 17.00 and 17.59 from Monday', () => {
    expect(earliest('visit', '2026-03-06T16:59')).toBe('2026-03-11');
    expect(earliest('visit', '2026-03-06T17:00')).toBe('2026-03-12');
    expect(earliest('visit', '2026-03-06T17:59')).toBe('2026-03-12');
  });

  it('passes over Nyepi, Lebaran and the collective leave around them (2026: 18–24 March)', () => {
    expect(earliest('visit', '2026-03-13T10:00')).toBe('2026-03-25');
    expect(earliest('visit', '2026-03-16T10:00')).toBe('2026-03-26');
    expect(earliest('video-network', '2026-03-17T16:00')).toBe('2026-03-31');
    expect(earliest('visit', '2026-03-20T10:00')).toBe('2026-03-30');
  });

  it('passes over Christmas and the end of the year', () => {
    expect(earliest('visit', '2026-12-23T10:00')).toBe('2026-12-30');
    expect(earliest('visit', '2026-12-29T10:00')).toBe('2027-01-04');
    expect(earliest('video-network', '2026-12-29T10:00')).toBe('2027-01-07');
  });

  it('is never past', () => {
    expect(earliest('visit', '2026-03-02T10:00', '2026-04-14T09:00')).toBe('2026-04-14');
  });

  it('counts from now while the letter is still to come', () => {
    expect(earliestDay(calendar, { kind: 'visit', letter: null }, wib('2026-03-02T10:00'))).toBe(
      '2026-03-05',
    );
  });
});
