import { describe, expect, it } from 'vitest';
import type { Appointment, AppointmentEntry } from '../../../src/models/appointment.js';
import { freedMark } from '../../../src/services/appointments/notice-marks.js';
import { nextNotice, pendingNotices } from '../../../src/services/appointments/next-notice.js';
import { defaultNonWorkingDays } from '../../../src/shared/holidays-default.js';
import { createWorkingCalendar, DEFAULT_OFFICE_HOURS } from '../../../src/shared/working-time.js';
import { wib } from '../../support/appointments.js';

const calendar = createWorkingCalendar(DEFAULT_OFFICE_HOURS, defaultNonWorkingDays());

const BOOKED = wib('2026-03-02T10:00');

/** A visit that was booked on Monday 2 March 2026 at 10.00 WIB. */
function visit(startsAt: Date, more: Partial<Appointment> = {}): Appointment {
  const endsAt = new Date(startsAt.getTime() + 3_600_000);
  const booked: AppointmentEntry = {
    ...{ n: 2, step: 'book', at: BOOKED, byId: null, byName: 'Sari Contoh', by: 'user', startsAt },
  };
  const appointment: Partial<Appointment> = {
    ...{ kind: 'visit', state: 'scheduled', agreed: { startsAt, endsAt, room: 'vc-lantai-3' } },
    ...{ held: null, visit: null, noticed: [], thread: [booked] },
    ...more,
  };
  return appointment as Appointment;
}

/** Code and time (WIB) of what is pending. */
function pending(appointment: Appointment, now = BOOKED): string[] {
  return pendingNotices(calendar, appointment, now).map(({ code, at }) => {
    const local = new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 16);
    return `${code} ${local}`;
  });
}

describe('the reminders of a visit', () => {
  it('come at nine on the working day before, and two hours before', () => {
    expect(pending(visit(wib('2026-03-05T13:00')))).toEqual([
      'reminder-day 2026-03-04T09:00',
      'reminder-hours 2026-03-05T11:00',
      'no-show 2026-03-05T14:00',
    ]);
  });

  it('pass over a weekend: for a Monday on Friday', () => {
    expect(pending(visit(wib('2026-03-09T13:00')))[0]).toBe('reminder-day 2026-03-06T09:00');
  });

  it('pass over Nyepi, Lebaran and the leave around them (R-T2)', () => {
    expect(pending(visit(wib('2026-03-25T13:00')))[0]).toBe('reminder-day 2026-03-17T09:00');
  });

  it('never come before the office opens (R-T3)', () => {
    expect(pending(visit(wib('2026-03-05T09:00')))[1]).toBe('reminder-hours 2026-03-05T08:00');
  });

  it('come in the break where two hours before is in it: a break is within the working day (R-T4)', () => {
    expect(pending(visit(wib('2026-03-05T14:00')))[1]).toBe('reminder-hours 2026-03-05T12:00');
    expect(pending(visit(wib('2026-03-06T14:00')))[1]).toBe('reminder-hours 2026-03-06T12:00');
  });

  it('leave out what lay before the booking', () => {
    const startsAt = wib('2026-03-03T09:00');
    expect(pending(visit(startsAt))).toEqual(['reminder-hours 2026-03-03T08:00', 'no-show 2026-03-03T10:00']);
    const late = { ...visit(startsAt), thread: [] };
    expect(pending(late, wib('2026-03-03T08:30'))).toEqual(['no-show 2026-03-03T10:00']);
  });

  it('are due at once when the job comes late, in the morning when it comes at night, not at all when it is too late', () => {
    const friday = visit(wib('2026-03-06T13:00'));
    expect(nextNotice(calendar, friday, wib('2026-03-05T11:00'))).toEqual(wib('2026-03-05T09:00'));
    expect(nextNotice(calendar, friday, wib('2026-03-05T22:00'))).toEqual(wib('2026-03-06T08:00'));
    const nine = visit(wib('2026-03-06T09:00'));
    expect(pending(nine, wib('2026-03-05T22:00'))).toEqual([
      'reminder-hours 2026-03-06T08:00',
      'no-show 2026-03-06T10:00',
    ]);
    expect(pending(nine, wib('2026-03-06T09:30'))).toEqual(['no-show 2026-03-06T10:00']);
  });

  it('come once for a time, and again for the time it is moved to', () => {
    const before = visit(wib('2026-03-05T13:00'));
    const noticed = pendingNotices(calendar, before, BOOKED).map(({ mark }) => mark);
    expect(pending({ ...before, noticed })).toEqual(['no-show 2026-03-05T14:00']);
    expect(pending({ ...visit(wib('2026-03-10T13:00')), noticed })).toHaveLength(3);
  });

  it('are none on a day that is not worked any more', () => {
    expect(pending(visit(wib('2026-03-19T13:00')))).toEqual(['no-show 2026-03-19T14:00']);
  });
});

describe('what else is due of itself', () => {
  it('conferences begin and end, visits end when the identity card is back (R-C8)', () => {
    const startsAt = wib('2026-03-05T13:00');
    const video = visit(startsAt, { kind: 'video-application' });
    expect(pending(video).at(-1)).toBe('begin 2026-03-05T13:00');
    expect(pending({ ...video, state: 'under-way' })).toEqual(['end 2026-03-05T14:00']);
    const inside = visit(startsAt, { state: 'under-way' });
    expect(pending(inside)).toEqual([]);
    const leftAt = wib('2026-03-05T13:50');
    const left = { ...inside, visit: { leftAt } as Appointment['visit'] };
    expect(pending(left)).toEqual(['end 2026-03-05T13:50']);
  });

  it('the end of a hold is told within office hours only', () => {
    const hold = (until: Date): Appointment => ({
      ...visit(wib('2026-03-05T13:00'), { state: 'planning', agreed: null }),
      held: { startsAt: wib('2026-03-05T13:00'), endsAt: wib('2026-03-05T14:00'), room: 'r', until },
    });
    expect(pending(hold(wib('2026-03-02T10:15')))).toEqual(['hold-over 2026-03-02T10:15']);
    expect(pending(hold(wib('2026-03-06T22:15')))).toEqual(['hold-over 2026-03-09T08:00']);
    expect(pending(hold(wib('2026-03-06T16:55')), wib('2026-03-06T19:00'))).toEqual([
      'hold-over 2026-03-09T08:00',
    ]);
  });

  it('a freed time is told at once', () => {
    const mark = freedMark(wib('2026-03-02T11:00'));
    const freed = visit(wib('2026-03-05T13:00'), { state: 'planning', agreed: null, noticed: [mark] });
    expect(pending(freed)).toEqual(['freed 2026-03-02T10:00']);
  });

  it('nothing is after the end', () => {
    for (const state of ['over', 'done', 'cancelled', 'no-show', 'declined'] as const) {
      expect(nextNotice(calendar, visit(wib('2026-03-05T13:00'), { state }), BOOKED)).toBeNull();
    }
  });
});
