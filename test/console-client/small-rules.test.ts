import { describe, expect, test } from 'vitest';
import { errorFrom } from '../../src/console/client/api/request.js';
import { search } from '../../src/console/client/api/queries.js';
import { checkPassword } from '../../src/console/client/pages/check-password.js';
import { nextPeriod, wrongDays } from '../../src/console/client/settings/check-hours.js';
import { findArrivals } from '../../src/console/client/shell/find-arrivals.js';

describe('a new ticket is announced once', () => {
  const ticket = (number: string): { number: string } => ({ number });

  test('what waits at the first look is not news', () => {
    expect(findArrivals(null, [ticket('A'), ticket('B')]).arrived).toEqual([]);
  });

  test('a later one is, and not again after it was taken and handed back', () => {
    const first = findArrivals(null, [ticket('A')]);
    const second = findArrivals(first.seen, [ticket('B'), ticket('A')]);
    expect(second.arrived).toEqual([ticket('B')]);
    const taken = findArrivals(second.seen, [ticket('A')]);
    expect(findArrivals(taken.seen, [ticket('B'), ticket('A')]).arrived).toEqual([]);
  });
});

describe('refusals of the server', () => {
  test('code, sentence, fields and seconds to wait are read', () => {
    const body = JSON.stringify({
      error: {
        code: 'too-many-attempts',
        message: 'Tunggu.',
        fields: [{ path: 'answer', message: 'Wajib.' }],
      },
    });
    const error = errorFrom(429, body, '30');
    expect(error).toMatchObject({
      status: 429,
      code: 'too-many-attempts',
      message: 'Tunggu.',
      retryAfter: 30,
    });
    expect(error.field('answer')).toBe('Wajib.');
    expect(error.field('reason')).toBeUndefined();
  });

  test('a proxy page instead of JSON still makes a readable error', () => {
    expect(errorFrom(502, '<html>', null)).toMatchObject({
      code: 'unknown',
      message: 'Server menjawab dengan kesalahan (502).',
      retryAfter: null,
    });
  });

  test('empty parts stay out of the address', () => {
    expect(search({ view: 'mine', q: '', cursor: null, limit: '30' })).toBe('view=mine&limit=30');
  });
});

describe('hints beside a new password', () => {
  test.each([
    ['', 'sari', { long: false, differs: false, varied: false }],
    ['aaaaaaaaaaaa', 'sari', { long: true, differs: true, varied: false }],
    ['S.a.r.i_Sari-sari', 'sari', { long: true, differs: false, varied: true }],
    ['Sari-sandi-panjang', 'sari', { long: true, differs: true, varied: true }],
    ['🌋🌋🌋🌋🌋🌋', 'sari', { long: false, differs: true, varied: false }],
  ])('"%s" of %s', (password, username, expected) => {
    expect(checkPassword(password, username)).toEqual(expected);
  });
});

describe('service hours before they are sent (R-T3)', () => {
  const week = (periods: { from: string; to: string }[]): Parameters<typeof wrongDays>[0] => ({
    zone: 'Asia/Jakarta',
    periods: { '1': periods },
  });

  test.each([
    [[], []],
    [
      [
        { from: '08:00', to: '12:00' },
        { from: '13:00', to: '24:00' },
      ],
      [],
    ],
    [
      [
        { from: '13:00', to: '17:00' },
        { from: '08:00', to: '12:00' },
      ],
      ['1'],
    ],
    [
      [
        { from: '08:00', to: '12:00' },
        { from: '12:00', to: '17:00' },
      ],
      ['1'],
    ],
    [[{ from: '08:00', to: '8:30' }], ['1']],
    [[{ from: '', to: '12:00' }], ['1']],
  ])('%j is wrong on %j', (periods, expected) => {
    expect(wrongDays(week(periods))).toEqual(expected);
  });

  test('a further period fits after the last one', () => {
    for (const last of ['11:30', '16:00', '20:15']) {
      const before = { from: '08:00', to: last };
      expect(wrongDays(week([before, nextPeriod([before])]))).toEqual([]);
    }
  });
});
