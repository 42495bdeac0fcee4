import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import { changeAppointment } from '../../../src/services/appointments/change-appointment.js';
import { cancelAppointment } from '../../../src/services/appointments/cancel-appointment.js';
import { closeSessions } from '../../../src/services/appointments/close-sessions.js';
import { holdSession } from '../../../src/services/appointments/hold-session.js';
import { joinWaitingList } from '../../../src/services/appointments/join-waiting-list.js';
import {
  nextAppointmentLook,
  watchAppointments,
} from '../../../src/services/appointments/watch-appointments.js';
import { saveHoliday } from '../../../src/services/settings/save-holiday.js';
import type { ServiceContext } from '../../../src/services/service-context.js';
import { readySample, take, USER, wib } from '../../support/appointments.js';
import { addStaff, createTestServices, type TestServices } from '../../support/services.js';

let test: TestServices;
let services: ServiceContext;
/** Times (WIB), news and keys of what was told. */
let told: { news: string; key: string }[];

beforeEach(async () => {
  test = await createTestServices();
  services = test.services;
  told = [];
});
afterEach(() => test.close());

const tell = (_appointment: Appointment, news: string, key: string): Promise<void> => {
  // As a conversation's inbox: one key, one message.
  if (!told.some((one) => one.key === key)) told.push({ news, key });
  return Promise.resolve();
};
const watch = (now: Date): Promise<void> => watchAppointments(services, tell, now);
const newsTold = (): string[] => told.map(({ news }) => news);

/** Does everything that falls due until then, each at its moment. */
async function until(end: Date, from = wib('2026-03-02T10:00')): Promise<void> {
  let now = from;
  for (let runs = 0; runs < 100; runs += 1) {
    const next = await nextAppointmentLook(services, now);
    if (!next || next > end) return;
    now = next > now ? next : now;
    await watch(now);
  }
  throw new Error('there is always more to look at');
}

async function stored({ _id }: Pick<Appointment, '_id'>): Promise<Appointment> {
  return (await services.models.appointments.findById(_id).lean())!;
}

async function booked(kind: Appointment['kind'] = 'visit', startsAt = wib('2026-03-12T13:00')) {
  const { _id } = await readySample(services, { kind });
  return take(services, _id, startsAt);
}

describe('reminders', () => {
  it('come the working day before and two hours before, each once, with two processes at once', async () => {
    const visit = await booked('visit', wib('2026-03-09T13:00'));
    await Promise.all([watch(wib('2026-03-06T09:00')), watch(wib('2026-03-06T09:00'))]);
    expect(newsTold()).toEqual(['reminder-day']);
    await watch(wib('2026-03-06T09:05'));
    await Promise.all([watch(wib('2026-03-09T11:00')), watch(wib('2026-03-09T11:00'))]);
    expect(newsTold()).toEqual(['reminder-day', 'reminder-hours']);
    expect((await stored(visit)).noticed).toHaveLength(2);
  });

  it('are said again where the process died before it was noted, under the same key', async () => {
    const visit = await booked();
    await watch(wib('2026-03-11T09:00'));
    const { noticed } = await stored(visit);
    expect(noticed).toHaveLength(1);
    const nextNoticeAt = wib('2026-03-11T09:00');
    await services.models.appointments.updateOne({ _id: visit._id }, { $set: { noticed: [], nextNoticeAt } });
    await watch(wib('2026-03-11T09:01'));
    expect(told).toHaveLength(1);
    expect((await stored(visit)).noticed).toEqual(noticed);
  });

  it('stay silent once it is cancelled', async () => {
    const { _id: id } = await booked();
    await cancelAppointment(services, { id, by: USER, now: wib('2026-03-10T10:00') });
    await until(wib('2026-03-31T10:00'));
    expect(told).toEqual([]);
  });
});

describe('a session', () => {
  it('to which nobody came is missed at its end, and gives its places back (R-C4, R-C6)', async () => {
    const visit = await booked();
    await until(wib('2026-03-12T13:59'));
    expect(await stored(visit)).toMatchObject({ state: 'scheduled' });
    await Promise.all([watch(wib('2026-03-12T14:00')), watch(wib('2026-03-12T14:00'))]);
    const missed = await stored(visit);
    expect(missed).toMatchObject({ state: 'no-show', unsettled: true, nextNoticeAt: null });
    expect(missed.claims).toBeUndefined();
    expect(missed.thread.filter(({ step }) => step === 'no-show')).toMatchObject([
      { by: 'product', startsAt: wib('2026-03-12T13:00') },
    ]);
  });

  it('of guests who are here is not missed, and is over when they have left (R-C8)', async () => {
    const { _id: id } = await booked();
    const arrivedAt = wib('2026-03-12T12:55');
    const visit = {
      ...{ arrivedAt, guestCard: '7', room: 'vc-lantai-3', calledAt: null, metAt: null },
      ...{ attendance: [], travelOrders: [], handedOverAt: null, leftAt: null },
    };
    const step = { id, by: { kind: 'product' } as const };
    await changeAppointment(services, {
      ...{ ...step, now: arrivedAt },
      decide: () => ({ entry: { step: 'arrive' }, set: { state: 'under-way', visit } }),
    });
    await until(wib('2026-03-13T10:00'), arrivedAt);
    expect(await stored({ _id: id })).toMatchObject({ state: 'under-way', nextNoticeAt: null });
    const leftAt = wib('2026-03-12T14:05');
    await changeAppointment(services, {
      ...{ ...step, now: leftAt },
      decide: () => ({ entry: { step: 'leave' }, set: { visit: { ...visit, leftAt } } }),
    });
    await watch(leftAt);
    expect(await stored({ _id: id })).toMatchObject({ state: 'over' });
  });

  it('of a conference begins and ends by itself, also when the job comes late', async () => {
    const early = await booked('video-application');
    await until(wib('2026-03-12T13:30'));
    expect(await stored(early)).toMatchObject({ state: 'under-way' });
    const late = await booked('video-application', wib('2026-03-12T15:00'));
    await watch(wib('2026-03-12T17:30'));
    for (const video of [early, late]) {
      const { state, thread } = await stored(video);
      expect([state, ...thread.slice(-2).map(({ step }) => step)]).toEqual(['over', 'begin', 'end']);
    }
  });
});

describe('a time that was kept', () => {
  it('is free again when its time has run out, and the user hears so once', async () => {
    const { _id: id } = await readySample(services);
    await holdSession(services, { id, startsAt: wib('2026-03-12T13:00'), now: wib('2026-03-02T10:00') });
    await watch(wib('2026-03-02T10:14'));
    expect(told).toEqual([]);
    await Promise.all([watch(wib('2026-03-02T10:15')), watch(wib('2026-03-02T10:15'))]);
    expect(newsTold()).toEqual(['hold-over']);
    const after = await stored({ _id: id });
    expect(after.held).toBeNull();
    expect(after.claims).toBeUndefined();
  });

  it('at night is told in the morning; meanwhile others may have it', async () => {
    const { _id: id } = await readySample(services);
    const startsAt = wib('2026-03-12T13:00');
    await holdSession(services, { id, startsAt, now: wib('2026-03-02T22:00') });
    await until(wib('2026-03-03T07:59'), wib('2026-03-02T22:00'));
    expect(told).toEqual([]);
    const other = await readySample(services, { region: '73.71' });
    await take(services, other._id, startsAt, wib('2026-03-02T23:00'));
    await until(wib('2026-03-03T08:00'), wib('2026-03-02T23:00'));
    expect(newsTold()).toEqual(['hold-over']);
  });

  it('because it became free is offered to who waits, who hears of it once', async () => {
    const full = await booked();
    const waiter = await readySample(services, { region: '73.71' });
    const now = wib('2026-03-03T10:00');
    for (const time of ['09:00', '10:00', '14:00']) {
      const other = await readySample(services, { region: null });
      await take(services, other._id, wib(`2026-03-12T${time}`));
    }
    const wish = { from: '2026-03-12', to: '2026-03-12', key: 'waits' };
    await joinWaitingList(services, { id: waiter._id, ...wish, now });
    await watch(now);
    expect(newsTold()).toEqual([]);
    // Given up at night: offered when the office opens.
    await cancelAppointment(services, { id: full._id, by: USER, now: wib('2026-03-03T22:00') });
    await until(wib('2026-03-04T08:10'), wib('2026-03-03T22:00'));
    await watch(wib('2026-03-04T08:10'));
    expect(newsTold()).toEqual(['freed']);
    const { held, noticed } = await stored(waiter);
    expect(held).toMatchObject({ startsAt: wib('2026-03-12T13:00'), until: wib('2026-03-04T09:00') });
    expect(noticed).toEqual([]);
    await until(wib('2026-03-04T10:00'), wib('2026-03-04T08:10'));
    expect(newsTold()).toEqual(['freed', 'hold-over']);
  });
});

it('a holiday that is added later displaces those booked on it, once (R-T2, R-C6)', async () => {
  const visit = await booked();
  const actor = await addStaff(services, 'admin', 'administrator');
  const now = wib('2026-03-03T10:00');
  const day = { _id: '2026-03-12', name: 'Hari contoh', kind: 'national-holiday' as const, decree: null };
  await saveHoliday(services, { actor, day, now });
  expect(await nextAppointmentLook(services, now)).toEqual(now);
  await Promise.all([watch(now), watch(now)]);
  const displaced = await stored(visit);
  expect(displaced).toMatchObject({ state: 'planning', agreed: null, displaced: true });
  expect(displaced.thread.filter(({ step }) => step === 'displace')).toHaveLength(1);
  expect(await nextAppointmentLook(services, now)).toBeUndefined();
});

it('bookings are looked at for closings only when something was closed, and once a minute', async () => {
  const [one, two] = [await booked(), await booked('visit', wib('2026-03-13T13:00'))];
  const states = async () => [(await stored(one)).state, (await stored(two)).state];
  const at = (seconds: number): Date => new Date(wib('2026-03-03T10:00').getTime() + seconds * 1000);
  const seen = vi.spyOn(services.models.appointments, 'find');
  const looks = (): number =>
    seen.mock.calls.filter((call) => JSON.stringify(call).includes('"scheduled"')).length;
  await watch(at(0));
  await watch(at(5));
  expect(looks()).toBe(1);
  const actor = await addStaff(services, 'rani', 'agent');
  const closing = { date: '2026-03-13', room: null, reason: 'Rapat', actor };
  await closeSessions(services, { ...closing, now: at(6) });
  await watch(at(10));
  expect(await states()).toEqual(['scheduled', 'planning']);
  // Another process: nothing here has noticed.
  const holiday = { name: 'Hari contoh', kind: 'national-holiday', decree: null } as const;
  await services.models.nonWorkingDays.create({ _id: '2026-03-12', ...holiday });
  await watch(at(15));
  await watch(at(69));
  expect(await states()).toEqual(['scheduled', 'planning']);
  expect(looks()).toBe(2);
  await watch(at(70));
  expect(await states()).toEqual(['planning', 'planning']);
});

it('the waiting list is searched once a minute, and at once when something has ended', async () => {
  const at = (seconds: number): Date => new Date(wib('2026-03-03T10:00').getTime() + seconds * 1000);
  const { _id: id } = await readySample(services);
  const seen = vi.spyOn(services.models.appointments, 'find');
  const looks = (): number =>
    seen.mock.calls.filter((call) => JSON.stringify(call).includes('waiting.to')).length;
  await watch(at(0));
  await watch(at(5));
  expect(looks()).toBe(1);
  await holdSession(services, { id, startsAt: wib('2026-03-12T13:00'), now: at(-890) });
  await watch(at(10));
  expect([looks(), newsTold()]).toEqual([2, ['hold-over']]);
  await watch(at(65));
  await watch(at(70));
  expect(looks()).toBe(3);
});

it('one that cannot be looked at does not keep the others waiting', async () => {
  const [broken, well] = [await booked(), await booked('visit', wib('2026-03-13T13:00'))];
  await services.models.appointments.updateOne({ _id: broken._id }, { $set: { noticed: null } });
  await watch(wib('2026-03-12T09:00'));
  expect(told).toMatchObject([{ news: 'reminder-day', key: expect.stringContaining(well._id) as string }]);
  expect((await stored(broken)).nextNoticeAt).toEqual(wib('2026-03-12T09:01'));
});
