import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Appointment } from '../../../src/models/appointment.js';
import { closeSessions, type CloseSessionsInput } from '../../../src/services/appointments/close-sessions.js';
import { displaceClosed } from '../../../src/services/appointments/displace-closed.js';
import { findFreeSessions } from '../../../src/services/appointments/find-free-sessions.js';
import { confirmSession } from '../../../src/services/appointments/confirm-session.js';
import { holdSession } from '../../../src/services/appointments/hold-session.js';
import { joinWaitingList } from '../../../src/services/appointments/join-waiting-list.js';
import { listClosed } from '../../../src/services/appointments/list-closed.js';
import { offerFreed } from '../../../src/services/appointments/offer-freed.js';
import { cancelAppointment } from '../../../src/services/appointments/cancel-appointment.js';
import { reopenSessions } from '../../../src/services/appointments/reopen-sessions.js';
import type { Actor } from '../../../src/services/service-context.js';
import { removeHoliday, saveHoliday } from '../../../src/services/settings/save-holiday.js';
import { saveRoom } from '../../../src/services/settings/save-room.js';
import { readySample, take, USER, wib } from '../../support/appointments.js';
import { outcome } from '../../support/escalations.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

let test: TestServices;
let agent: Actor;
let administrator: Actor;
beforeAll(async () => {
  test = await createTestServices();
  agent = await addStaff(test.services, 'rani', 'agent');
  administrator = await addStaff(test.services, 'ayu', 'administrator');
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.services.models.appointments.deleteMany({});
  await test.services.models.closedSessions.deleteMany({});
});

const now = MONDAY_MORNING;
const NINE = wib('2026-03-05T09:00');

let regions = 0;
const visit = (more = {}): Promise<Appointment> =>
  readySample(test.services, { region: `R${(regions += 1)}`, ...more });
const close = (more: Partial<CloseSessionsInput> = {}) =>
  closeSessions(test.services, {
    ...{ date: '2026-03-05', room: null, reason: 'Rapat kerja', actor: agent, now },
    ...more,
  });
const freeOn = async (date: string, appointment?: Appointment) => {
  const search = { appointment: appointment ?? (await visit()), from: date, days: 1, now };
  const { sessions, full } = await findFreeSessions(test.services, search);
  return { times: sessions.map(({ startsAt }) => startsAt), full };
};

describe('a closed day (R-C3)', () => {
  it('takes no bookings, by name; opened again it does', async () => {
    const { services } = test;
    const { _id: id } = await close();
    expect(await freeOn('2026-03-05')).toEqual({
      ...{ times: [], full: [{ date: '2026-03-05', why: 'closed', name: 'Rapat kerja' }] },
    });
    const hold = holdSession(services, { id: (await visit())._id, startsAt: NINE, now });
    await expect(hold).rejects.toMatchObject({ code: 'session-closed', params: { reason: 'Rapat kerja' } });
    expect(await listClosed(services, { from: '2026-03-05', to: '2026-03-05' })).toMatchObject([
      { _id: id, byName: 'rani Contoh' },
    ]);
    await reopenSessions(services, { id, actor: agent, now });
    expect((await freeOn('2026-03-05')).times).toHaveLength(4);
    const audited = await services.models.auditEntries
      .find({ subject: '2026-03-05' })
      .sort({ _id: 1 })
      .lean();
    expect(audited.map(({ action }) => action)).toEqual(['closed-session.close', 'closed-session.reopen']);
  });

  it('may be part of a day, or one room of it', async () => {
    const { services } = test;
    await close({ from: '13:00', to: '17:00' });
    expect((await freeOn('2026-03-05')).times).toEqual([NINE, wib('2026-03-05T10:00')]);
    await close({ date: '2026-03-06', room: 'teams-1' });
    expect((await freeOn('2026-03-06')).times).toHaveLength(4);
    const { _id: id } = await readySample(services, { kind: 'video-application' });
    expect((await take(services, id, wib('2026-03-06T09:00'))).agreed?.room).toBe('teams-2');
  });

  it('is closed by agents and supervisors, with a reason, and not for the past', async () => {
    expect(await outcome(close({ actor: administrator }))).toBe('not-allowed');
    expect(await outcome(close({ reason: '' }))).toBe('reason-missing');
    expect(await outcome(close({ date: '2026-02-27' }))).toBe('invalid-input');
    expect(await outcome(close({ date: '2026-02-30' }))).toBe('invalid-input');
    expect(await outcome(close({ room: 'gudang' }))).toBe('invalid-input');
    expect(await outcome(close({ from: '13:00', to: '13:00' }))).toBe('invalid-input');
    expect(await outcome(close({ from: 'x' }))).toBe('invalid-input');
  });

  it('gives those booked there their planning back, once, without a new letter (R-C6)', async () => {
    const { services } = test;
    const [one, two] = [await visit(), await visit()];
    await take(services, one._id, NINE);
    await take(services, two._id, wib('2026-03-06T09:00'));
    await holdSession(services, { id: one._id, startsAt: wib('2026-03-09T09:00'), now });
    await close();
    const runs = await Promise.all([displaceClosed(services, now), displaceClosed(services, now)]);
    expect(runs.flat().map(({ _id }) => _id)).toContain(one._id);
    const [displaced] = await services.models.appointments.find({ _id: one._id }).lean();
    expect(displaced).toMatchObject({ state: 'planning', displaced: true, agreed: null, unsettled: true });
    expect(displaced?.thread.filter(({ step }) => step === 'displace')).toMatchObject([
      { by: 'product', text: 'Rapat kerja', startsAt: NINE },
    ]);
    // What they were deciding on stays theirs, and what they had is free.
    expect(displaced?.claims).toContain('visit:2026-03-09T09:00');
    expect(displaced?.claims).not.toContain('visit:2026-03-05T09:00');
    expect((await take(services, one._id, wib('2026-03-10T09:00'))).state).toBe('scheduled');
    expect(await services.models.appointments.countDocuments({ state: 'planning' })).toBe(0);
  });

  it('may be a holiday that is added later; nobody who was there already is touched (R-T2)', async () => {
    const { services } = test;
    const [one, two] = [await visit(), await visit()];
    await take(services, one._id, NINE);
    await take(services, two._id, wib('2026-03-05T10:00'));
    const day = { _id: '2026-03-05', name: 'Cuti bersama tambahan', kind: 'collective-leave' } as const;
    await saveHoliday(services, { actor: administrator, day: { ...day, decree: null }, now });
    const meanwhile = wib('2026-03-05T09:30');
    const displaced = await displaceClosed(services, meanwhile);
    expect(displaced.map(({ _id }) => _id)).toEqual([two._id]);
    expect(displaced[0]?.thread.at(-1)?.text).toBe('Cuti bersama tambahan');
    await removeHoliday(services, { actor: administrator, date: day._id, now });
  });
});

describe('a room that is taken out of use', () => {
  const switchTo = async (code: string, active: boolean): Promise<void> => {
    const room = test.services.reference.rooms.find((known) => known.code === code)!;
    await saveRoom(test.services, { actor: administrator, room: { ...room, active }, now });
  };

  it('gives those booked there their planning back; in another room nobody is touched', async () => {
    const { services } = test;
    const videos = [1, 2].map(() => readySample(services, { kind: 'video-application' }));
    const [one, two] = await Promise.all(videos);
    const booked = [await take(services, one!._id, NINE), await take(services, two!._id, NINE)];
    expect(booked.map(({ agreed }) => agreed?.room)).toEqual(['teams-1', 'teams-2']);
    await switchTo('teams-1', false);
    const displaced = await displaceClosed(services, now);
    await switchTo('teams-1', true);
    expect(displaced.map(({ _id }) => _id)).toEqual([one!._id]);
    expect(displaced[0]).toMatchObject({ state: 'planning', displaced: true, agreed: null });
    expect(displaced[0]?.thread.at(-1)?.text).toContain('Microsoft Teams');
  });

  it('leaves who holds a time in it the same time in another room', async () => {
    const { services } = test;
    const { _id: id } = await readySample(services, { kind: 'video-application' });
    const { held } = await holdSession(services, { id, startsAt: NINE, now });
    expect(held?.room).toBe('teams-1');
    await switchTo('teams-1', false);
    const confirmed = await confirmSession(services, { id, by: USER, key: 'other-room', now });
    await switchTo('teams-1', true);
    expect(confirmed.agreed).toMatchObject({ startsAt: NINE, room: 'teams-2' });
    expect(confirmed.claims).not.toContain('room:teams-1:2026-03-05T09:00');
  });
});

it('one that cannot be displaced does not keep the others waiting', async () => {
  const { services } = test;
  const [broken, well] = [await visit(), await visit()];
  await take(services, broken._id, NINE);
  await take(services, well._id, wib('2026-03-05T10:00'));
  await close();
  await services.models.appointments.updateOne({ _id: broken._id }, { $set: { thread: null } });
  expect((await displaceClosed(services, now)).map(({ _id }) => _id)).toEqual([well._id]);
});

it('a hold ends and its place is free for others however long the history is', async () => {
  const { services } = test;
  const [long, other] = [await visit(), await visit()];
  await holdSession(services, { id: long._id, startsAt: NINE, now });
  const [entry] = long.thread;
  const thread = Array.from({ length: 300 }, (_, index) => ({ ...entry, n: index + 1 }));
  await services.models.appointments.updateOne({ _id: long._id }, { $set: { thread } });
  const later = wib('2026-03-02T11:00');
  expect((await take(services, other._id, NINE, later)).state).toBe('scheduled');
  expect(await outcome(take(services, long._id, wib('2026-03-06T09:00'), later))).toBe('step-not-possible');
  expect(await outcome(cancelAppointment(services, { id: long._id, by: USER, now: later }))).toBe('done');
});

describe('the waiting list', () => {
  const wait = (id: string, from: string, to: string, at = now) =>
    joinWaitingList(test.services, { id, from, to, key: `wait-${id}`, now: at });

  it('serves in the order of asking what is wished for, and keeps it for 60 working minutes', async () => {
    const { services } = test;
    const taken = await visit();
    await take(services, taken._id, NINE);
    await close({ from: '10:00' });
    const [first, second, other] = [await visit(), await visit(), await visit()];
    await wait(second._id, '2026-03-05', '2026-03-05', wib('2026-03-02T10:02'));
    await wait(first._id, '2026-03-05', '2026-03-05', wib('2026-03-02T10:01'));
    await wait(other._id, '2026-03-02', '2026-03-04', wib('2026-03-02T10:00'));
    expect(await offerFreed(services, now)).toEqual([]);
    await cancelAppointment(services, { id: taken._id, by: USER, now });
    const noon = wib('2026-03-02T11:30');
    const offered = await offerFreed(services, noon);
    expect(offered.map(({ _id }) => _id)).toEqual([first._id]);
    expect(offered[0]).toMatchObject({
      held: { startsAt: NINE, until: wib('2026-03-02T13:30') },
      noticed: ['tell-freed:2026-03-02T06:30:00.000Z'],
    });
    expect(await offerFreed(services, noon)).toEqual([]);
    const afternoon = wib('2026-03-02T13:30');
    expect((await offerFreed(services, afternoon)).map(({ _id }) => _id)).toEqual([second._id]);
  });

  it('keeps who lets a time pass, behind the others, for other times, until one is agreed', async () => {
    const { services } = test;
    const ten = wib('2026-03-05T10:00');
    const taken = await visit();
    await take(services, taken._id, ten);
    await close({ from: '11:00' });
    const { _id: id } = await visit();
    await wait(id, '2026-03-05', '2026-03-05');
    expect((await offerFreed(services, now))[0]?.held).toMatchObject({ startsAt: NINE });
    const later = wib('2026-03-02T14:30');
    expect(await offerFreed(services, later)).toEqual([]);
    await cancelAppointment(services, { id: taken._id, by: USER, now: later });
    const [again] = await offerFreed(services, later);
    expect(again).toMatchObject({ _id: id, held: { startsAt: ten }, waiting: { since: later } });
    const confirmed = await confirmSession(services, { id, by: USER, key: 'takes-it', now: later });
    expect(confirmed).toMatchObject({ state: 'scheduled', waiting: null });
  });

  it('offers nothing while the office is closed, and nothing twice when two look at once', async () => {
    const { services } = test;
    const one = await visit();
    await wait(one._id, '2026-03-05', '2026-03-31');
    expect(await offerFreed(services, wib('2026-03-02T19:00'))).toEqual([]);
    const offers = await Promise.all([offerFreed(services, now), offerFreed(services, now)]);
    const [after] = await services.models.appointments.find({ _id: one._id }).lean();
    expect(offers.flat().length).toBeGreaterThan(0);
    expect(after?.waiting?.offered).toHaveLength(1);
    expect(after).toMatchObject({ noticed: [expect.stringContaining('tell-freed:')] });
  });

  it('is joined for days that are and are to come', async () => {
    const { _id: id } = await visit();
    expect(await outcome(wait(id, '2026-03-06', '2026-03-05'))).toBe('invalid-input');
    expect(await outcome(wait(id, '2026-02-23', '2026-02-27'))).toBe('invalid-input');
    expect(await outcome(wait(id, '2026-02-23', '2026-02-31'))).toBe('invalid-input');
  });
});
