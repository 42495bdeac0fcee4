import { describe, expect, it } from 'vitest';
import { ApiError } from '../../src/console/client/api/request.js';
import type { CalendarEntry, Session } from '../../src/console/client/api/types/appointments.js';
import { turnPage } from '../../src/console/client/bookings/calendar-dates.js';
import { fromGrid, gridEvents, toGrid } from '../../src/console/client/bookings/calendar-events.js';
import { displacedBy } from '../../src/console/client/bookings/closing-effect.js';
import { overridableRule } from '../../src/console/client/bookings/overridable.js';
import { sessionDays } from '../../src/console/client/bookings/session-days.js';
import { formatSession, timeLeft } from '../../src/console/client/bookings/session-text.js';
import { inputsOf, instantOf } from '../../src/console/client/bookings/wib-input.js';

const ROOM = { code: 'vc-lantai-3', name: 'Ruang VC lantai 3' };
const ALL = { room: '', consultant: '' };

/** @param time "yyyy-MM-ddTHH:mm" in WIB */
function session(time: string, room = ROOM): Session {
  const start = new Date(`${time}:00+07:00`);
  return { startsAt: start.toISOString(), endsAt: new Date(start.getTime() + 3_600_000).toISOString(), room };
}

function entry(time: string, more: Partial<CalendarEntry> = {}): CalendarEntry {
  return {
    ...session(time),
    ...{ id: time, ticketNumber: 'DJPK-2026-000001', kind: 'visit', state: 'scheduled', held: false },
    ...{ name: 'Sari Contoh', agency: 'BPKAD Contoh', unitCode: 'dana-desa', consultant: null, ...more },
  };
}

describe('times typed and shown', () => {
  it('are in WIB, also around midnight and for whoever sits elsewhere (R-T1)', () => {
    expect(instantOf('2026-03-05', '09:00')).toBe('2026-03-05T02:00:00.000Z');
    expect(instantOf('2026-03-05', '06:30')).toBe('2026-03-04T23:30:00.000Z');
    expect(inputsOf('2026-03-04T23:30:00Z')).toEqual({ date: '2026-03-05', time: '06:30' });
    expect(formatSession(session('2026-03-05T09:00'))).toBe('Kam, 5 Mar 2026 09.00–10.00');
  });

  it('say how long a time is kept, and nothing once it is over', () => {
    const now = new Date('2026-03-02T03:00:00Z');
    expect(timeLeft('2026-03-02T03:14:30Z', now)).toBe('15 menit lagi');
    expect(timeLeft('2026-03-02T03:00:00Z', now)).toBeNull();
  });
});

describe('the pick list', () => {
  it('groups free sessions by day and says why the days between have none', () => {
    const days = sessionDays({
      sessions: [session('2026-03-05T09:00'), session('2026-03-05T10:00'), session('2026-03-09T09:00')],
      full: [
        { date: '2026-03-06', why: 'region-day-taken' },
        { date: '2026-03-10', why: 'full' },
      ],
    });
    expect(days.map(({ date, sessions, full }) => [date, sessions.length, full?.why])).toEqual([
      ['2026-03-05', 2, undefined],
      ['2026-03-06', 0, 'region-day-taken'],
      ['2026-03-09', 1, undefined],
    ]);
  });

  it('shows all days that are full when nothing is free', () => {
    expect(sessionDays({ sessions: [], full: [{ date: '2026-03-06', why: 'full' }] })).toHaveLength(1);
  });
});

describe('the grid', () => {
  const calendar = {
    entries: [
      entry('2026-03-05T09:00'),
      entry('2026-03-05T10:00', { state: 'over', consultant: { id: 'c', name: 'Joko Contoh' } }),
      entry('2026-03-05T13:00', { held: true }),
      entry('2026-03-05T14:00', { room: { code: 'teams-1', name: 'Teams (1)' }, kind: 'video-application' }),
    ],
    daysOff: [
      { date: '2026-03-07', name: null },
      { date: '2026-03-19', name: 'Hari Suci Nyepi' },
    ],
    closed: [
      {
        ...{ id: 'x', date: '2026-03-06', room: 'teams-1', reason: 'Pemeliharaan', byName: 'Sari' },
        ...{ startsAt: '2026-03-06T01:00:00Z', endsAt: '2026-03-06T10:00:00Z' },
      },
    ],
  };
  const ids = (filter: typeof ALL, mayMove = true) =>
    gridEvents(calendar, filter, mayMove).map(({ id }) => id);

  it('is given the wall clock of WIB and gives the instant back', () => {
    expect(toGrid('2026-03-05T02:00:00Z')).toBe('2026-03-05T09:00:00.000Z');
    expect(fromGrid(new Date(toGrid('2026-03-05T02:00:00Z')))).toBe('2026-03-05T02:00:00.000Z');
  });

  it('lets only what is agreed and to come be dragged, and only by those who plan', () => {
    const movable = (mayMove: boolean) =>
      gridEvents(calendar, ALL, mayMove).flatMap(({ id, startEditable }) => (startEditable ? [id] : []));
    expect(movable(true)).toEqual(['2026-03-05T09:00', '2026-03-05T14:00']);
    expect(movable(false)).toEqual([]);
  });

  it('is filtered by room, with what is closed in it, and by consultant', () => {
    expect(ids({ room: 'teams-1', consultant: '' })).toEqual([
      '2026-03-05T14:00',
      'off:2026-03-19',
      'closed:x',
    ]);
    expect(ids({ room: ROOM.code, consultant: 'c' })).toEqual(['2026-03-05T10:00', 'off:2026-03-19']);
    expect(ids({ room: '', consultant: 'none' })).toContain('2026-03-05T13:00:held');
    expect(ids({ room: '', consultant: 'none' })).not.toContain('2026-03-05T10:00');
  });

  it('turns by day over weekends, by week and by month', () => {
    expect(turnPage('timeGridDay', '2026-03-06', 1)).toBe('2026-03-09');
    expect(turnPage('timeGridDay', '2026-03-09', -1)).toBe('2026-03-06');
    expect(turnPage('timeGridWeek', '2026-03-05', -1)).toBe('2026-02-26');
    expect(turnPage('dayGridMonth', '2026-03-31', 1)).toBe('2026-04-01');
  });
});

describe('what a closing would displace', () => {
  const entries = [
    entry('2026-03-05T09:00'),
    entry('2026-03-05T13:00', { room: { code: 'teams-1', name: 'Teams (1)' } }),
    entry('2026-03-05T10:00', { state: 'over' }),
    entry('2026-03-05T14:00', { held: true }),
    entry('2026-03-06T09:00'),
  ];
  const displaced = (more: object) =>
    displacedBy({ entries }, { date: '2026-03-05', room: '', from: '', to: '', ...more }).map(({ id }) => id);

  it('is what is agreed on that day, in that room, within those hours', () => {
    expect(displaced({})).toEqual(['2026-03-05T09:00', '2026-03-05T13:00']);
    expect(displaced({ room: 'teams-1' })).toEqual(['2026-03-05T13:00']);
    expect(displaced({ from: '09:30', to: '13:00' })).toEqual(['2026-03-05T09:00']);
    expect(displaced({ date: '' })).toEqual([]);
  });
});

describe('a refusal', () => {
  const refusal = (code: string) => new ApiError(409, code, 'Tidak dapat.');

  it('can be overridden by a supervisor where it is a rule of the circular, and never where a room is taken', () => {
    const boss = { roles: ['supervisor' as const] };
    expect(overridableRule(refusal('session-too-early'), boss)).toBe('lead-time');
    expect(overridableRule(refusal('region-month-full'), boss)).toBe('region-limit');
    expect(overridableRule(refusal('session-taken'), boss)).toBeNull();
    expect(overridableRule(refusal('session-too-early'), { roles: ['agent'] })).toBeNull();
    expect(overridableRule(new Error('session-too-early'), boss)).toBeNull();
  });
});
