import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Appointment, Guest, OverridableRule } from '../../../src/models/appointment.js';
import { assignConsultant } from '../../../src/services/appointments/assign-consultant.js';
import { bookSession, type BookSessionInput } from '../../../src/services/appointments/book-session.js';
import { cancelAppointment } from '../../../src/services/appointments/cancel-appointment.js';
import { changeAppointment } from '../../../src/services/appointments/change-appointment.js';
import { confirmSession } from '../../../src/services/appointments/confirm-session.js';
import { findFreeSessions } from '../../../src/services/appointments/find-free-sessions.js';
import { holdSession } from '../../../src/services/appointments/hold-session.js';
import { nameGuests } from '../../../src/services/appointments/name-guests.js';
import { proposeSessions } from '../../../src/services/appointments/propose-sessions.js';
import { releaseHold } from '../../../src/services/appointments/release-hold.js';
import type { Actor } from '../../../src/services/service-context.js';
import { readySample, requestSample, take, USER, wib } from '../../support/appointments.js';
import { outcome } from '../../support/escalations.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

let test: TestServices;
let agent: Actor;
let supervisor: Actor;
beforeAll(async () => {
  test = await createTestServices();
  agent = await addStaff(test.services, 'rani', 'agent');
  supervisor = await addStaff(test.services, 'sinta', 'supervisor');
});
afterAll(() => test.close());
beforeEach(async () => {
  await test.services.models.appointments.deleteMany({});
});

const now = MONDAY_MORNING;

/** A visit of some region that nobody else comes from. */
let regions = 0;
const visit = (more = {}): Promise<Appointment> =>
  readySample(test.services, { region: `R${(regions += 1)}`, ...more });
const book = (id: string, startsAt: Date, more: Partial<BookSessionInput> = {}): Promise<Appointment> =>
  bookSession(test.services, { id, startsAt, actor: agent, now, ...more });
const override = (...rules: OverridableRule[]) => ({ rules, reason: 'Arahan pimpinan.' });

describe('the sessions of a day (R-C3)', () => {
  it('are four visits on each working day, Friday too; a full day moves to the next working day', async () => {
    const { services } = test;
    for (const time of ['09:00', '10:00', '13:00', '14:00']) {
      await take(services, (await visit())._id, wib(`2026-03-06T${time}`));
    }
    const { earliest, sessions, full } = await findFreeSessions(services, {
      ...{ appointment: await visit(), from: '2026-03-06', limit: 4, now },
    });
    expect(earliest).toBe('2026-03-05');
    expect(full).toEqual([{ date: '2026-03-06', why: 'full' }]);
    expect(sessions.map(({ startsAt }) => startsAt)).toEqual(
      ['09:00', '10:00', '13:00', '14:00'].map((time) => wib(`2026-03-09T${time}`)),
    );
    const { _id: id } = await visit();
    expect(await outcome(book(id, wib('2026-03-06T11:00')))).toBe('session-not-offered');
    expect(await outcome(book(id, wib('2026-03-07T09:00')))).toBe('session-not-offered');
    expect(await outcome(book(id, wib('2026-03-06T14:00')))).toBe('session-taken');
  });

  it('are one visit each, whoever asks for it and in whatever room', async () => {
    const { services } = test;
    await take(services, (await visit())._id, wib('2026-03-05T09:00'));
    const { _id: id } = await visit();
    expect(await outcome(holdSession(services, { id, startsAt: wib('2026-03-05T09:00'), now }))).toBe(
      'session-taken',
    );
    const everything = override('lead-time', 'region-limit', 'guests', 'new-letter');
    const forced = book(id, wib('2026-03-05T09:00'), { actor: supervisor, override: everything });
    expect(await outcome(forced)).toBe('session-taken');
    const elsewhere = book(id, wib('2026-03-05T09:00'), { room: 'teams-1' });
    expect(await outcome(elsewhere)).toBe('session-not-offered');
  });

  it('leave the room to a conference over the network for every half hour it takes (R-B3)', async () => {
    const { services } = test;
    const conference = await readySample(services, { kind: 'video-network' });
    await book(conference._id, wib('2026-03-10T09:30'));
    const { sessions } = await findFreeSessions(services, {
      ...{ appointment: await visit(), from: '2026-03-10', days: 1, now },
    });
    expect(sessions.map(({ startsAt }) => startsAt)).toEqual([
      wib('2026-03-10T13:00'),
      wib('2026-03-10T14:00'),
    ]);
    expect(await outcome(book((await visit())._id, wib('2026-03-10T10:00')))).toBe('session-taken');
  });

  it('of conferences by application go on while a room is left', async () => {
    const { services } = test;
    const startsAt = wib('2026-03-05T15:00');
    const rooms: (string | undefined)[] = [];
    for (let index = 0; index < 2; index += 1) {
      const { _id: id } = await readySample(services, { kind: 'video-application' });
      rooms.push((await take(services, id, startsAt)).agreed?.room);
    }
    expect(rooms).toEqual(['teams-1', 'teams-2']);
    const { _id: id } = await readySample(services, { kind: 'video-application' });
    expect(await outcome(take(services, id, startsAt))).toBe('session-taken');
  });

  it('of conferences lie within office hours; an agent may agree on any half hour of them (R-B3)', async () => {
    const { services } = test;
    const appointment = await readySample(services, { kind: 'video-application' });
    const { _id: id } = appointment;
    const friday = { appointment, from: '2026-03-06', days: 1, now };
    const { sessions } = await findFreeSessions(services, friday);
    expect(sessions.map(({ startsAt }) => startsAt)).toEqual(
      ['09:00', '10:00', '14:00', '15:00'].map((time) => wib(`2026-03-06T${time}`)),
    );
    const half = wib('2026-03-05T15:30');
    expect(await outcome(holdSession(services, { id, startsAt: half, now }))).toBe('session-not-offered');
    expect(await outcome(book(id, wib('2026-03-05T11:30')))).toBe('session-not-offered');
    expect(await outcome(book(id, wib('2026-03-05T16:30')))).toBe('session-not-offered');
    expect(await outcome(book(id, wib('2026-03-05T15:10')))).toBe('session-not-offered');
    await proposeSessions(services, { id, startsAts: [half], actor: agent, now });
    expect((await take(services, id, half)).agreed?.startsAt).toEqual(half);
  });
});

describe('the earliest day (R-B2, R-C1, R-T4)', () => {
  it('holds for user and agent alike, and is named', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    const early = { startsAt: wib('2026-03-04T09:00') };
    const refusal = { code: 'session-too-early', params: { earliest: '2026-03-05' } };
    await expect(holdSession(services, { id, ...early, now })).rejects.toMatchObject(refusal);
    await expect(book(id, early.startsAt)).rejects.toMatchObject(refusal);
    const network = await readySample(services, { kind: 'video-network' });
    await expect(book(network._id, wib('2026-03-06T09:00'))).rejects.toMatchObject({
      params: { earliest: '2026-03-09' },
    });
  });

  it('is set aside by a supervisor alone, with a reason that stays in the history, and never for the past', async () => {
    const { _id: id } = await visit();
    const early = wib('2026-03-03T09:00');
    const lead = override('lead-time');
    expect(await outcome(book(id, early, { override: lead }))).toBe('not-allowed');
    const silent = { rules: lead.rules, reason: ' ' };
    expect(await outcome(book(id, early, { actor: supervisor, override: silent }))).toBe('reason-missing');
    const past = book(id, wib('2026-03-02T09:00'), { actor: supervisor, override: lead });
    expect(await outcome(past)).toBe('session-too-early');
    const { thread } = await book(id, early, { actor: supervisor, override: lead });
    expect(thread.at(-1)).toMatchObject({
      ...{ step: 'book', text: 'Arahan pimpinan.', overridden: ['lead-time'], byId: supervisor.staffId },
    });
  });

  it('is no day on which the office does not work, by whoever’s word', async () => {
    const { _id: id } = await visit();
    const nyepi = wib('2026-03-19T09:00');
    const forced = book(id, nyepi, { actor: supervisor, override: override('lead-time', 'region-limit') });
    await expect(forced).rejects.toMatchObject({
      ...{ code: 'session-closed', params: { reason: 'Hari Suci Nyepi (Tahun Baru Saka 1948)' } },
    });
    const { full } = await findFreeSessions(test.services, {
      ...{ appointment: await visit(), from: '2026-03-17', days: 8, limit: 99, now },
    });
    expect(full.map(({ date, why }) => `${date} ${why}`)).toEqual(
      [18, 19, 20, 23, 24].map((day) => `2026-03-${day} closed`),
    );
  });
});

describe('a region (R-C4)', () => {
  const gowa = () => readySample(test.services);

  it('comes once a day and twice a month; the earliest free day of a later month is named', async () => {
    const { services } = test;
    const [one, two, three] = [await gowa(), await gowa(), await gowa()];
    await take(services, one._id, wib('2026-03-05T09:00'));
    const day = holdSession(services, { id: two._id, startsAt: wib('2026-03-05T10:00'), now });
    await expect(day).rejects.toMatchObject({ code: 'region-day-taken', params: { region: 'Daerah 73.06' } });
    await take(services, two._id, wib('2026-03-06T09:00'));
    const month = holdSession(services, { id: three._id, startsAt: wib('2026-03-09T09:00'), now });
    await expect(month).rejects.toMatchObject({
      code: 'region-month-full',
      params: { region: 'Daerah 73.06', earliest: '2026-04-01' },
    });
    const { full, sessions } = await findFreeSessions(services, { appointment: three, limit: 1, now });
    expect(full[0]).toEqual({ date: '2026-03-05', why: 'region-month-full' });
    expect(sessions[0]?.startsAt).toEqual(wib('2026-04-01T09:00'));
    expect((await take(services, three._id, wib('2026-04-01T09:00'))).state).toBe('scheduled');
  });

  it('counts held visits, and those that were; not those cancelled, declined or missed', async () => {
    const { services } = test;
    const [one, two, three] = [await gowa(), await gowa(), await gowa()];
    await holdSession(services, { id: one._id, startsAt: wib('2026-03-05T09:00'), now });
    await take(services, two._id, wib('2026-03-06T09:00'));
    const third = () =>
      outcome(holdSession(services, { id: three._id, startsAt: wib('2026-03-10T09:00'), now }));
    expect(await third()).toBe('region-month-full');
    await changeAppointment(services, {
      ...{ id: two._id, by: { kind: 'product' }, now },
      decide: () => ({ set: { state: 'done' } }),
    });
    expect(await third()).toBe('region-month-full');
    await cancelAppointment(services, { id: one._id, by: USER, now });
    expect(await third()).toBe('done');
  });

  it('may move within a full month, and gives the old month back when it moves to another', async () => {
    const { services } = test;
    const [one, two, three] = [await gowa(), await gowa(), await gowa()];
    await take(services, one._id, wib('2026-03-05T09:00'));
    await take(services, two._id, wib('2026-03-06T09:00'));
    const moved = await take(services, one._id, wib('2026-03-10T09:00'));
    expect(moved.thread.at(-1)).toMatchObject({ step: 'move', startsAt: wib('2026-03-10T09:00') });
    await take(services, one._id, wib('2026-04-01T09:00'));
    expect((await take(services, three._id, wib('2026-03-05T09:00'))).state).toBe('scheduled');
  });

  it('comes more often where a supervisor says so; that visit is none of the two', async () => {
    const { services } = test;
    const [one, two, three, four] = [await gowa(), await gowa(), await gowa(), await gowa()];
    await take(services, one._id, wib('2026-03-05T09:00'));
    await book(two._id, wib('2026-03-05T10:00'), {
      ...{ actor: supervisor, override: override('region-limit') },
    });
    expect(await outcome(take(services, three._id, wib('2026-03-06T09:00')))).toBe('done');
    expect(await outcome(take(services, four._id, wib('2026-03-09T09:00')))).toBe('region-month-full');
    // Holding another time and giving it back leaves it outside the limit.
    await holdSession(services, { id: two._id, startsAt: wib('2026-04-01T09:00'), now });
    const { claims = [] } = await releaseHold(services, { id: two._id, now });
    expect(claims.filter((claim) => claim.startsWith('region:'))).toEqual([]);
  });

  it('that is not known has no limit', async () => {
    for (const time of ['2026-03-05T09:00', '2026-03-05T10:00', '2026-03-06T09:00']) {
      const { _id: id } = await readySample(test.services, { region: null });
      expect((await take(test.services, id, wib(time))).state).toBe('scheduled');
    }
  });

  it('does not count conferences', async () => {
    const { services } = test;
    for (const time of ['09:00', '10:00', '13:00']) {
      const { _id: id } = await readySample(services, { kind: 'video-application' });
      await take(services, id, wib(`2026-03-05T${time}`));
    }
    expect((await take(services, (await gowa())._id, wib('2026-03-05T09:00'))).state).toBe('scheduled');
  });
});

describe('a hold', () => {
  it('lasts 15 minutes; held again it stays as it is, and another time takes its place', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    const startsAt = wib('2026-03-05T09:00');
    const first = await holdSession(services, { id, startsAt, now });
    expect(first.held).toMatchObject({ startsAt, room: 'vc-lantai-3', until: wib('2026-03-02T10:15') });
    const again = await holdSession(services, { id, startsAt, now: wib('2026-03-02T10:10') });
    expect(again.version).toBe(first.version);
    await holdSession(services, { id, startsAt: wib('2026-03-05T10:00'), now });
    const { _id: other } = await visit();
    expect(await outcome(holdSession(services, { id: other, startsAt, now }))).toBe('done');
  });

  it('keeps the agreed time until it is confirmed, and both are given back by cancelling', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    await take(services, id, wib('2026-03-05T09:00'));
    await holdSession(services, { id, startsAt: wib('2026-03-06T09:00'), now });
    for (const time of ['2026-03-05T09:00', '2026-03-06T09:00']) {
      expect(await outcome(take(services, (await visit())._id, wib(time)))).toBe('session-taken');
    }
    const cancelled = await cancelAppointment(services, { id, by: USER, key: 'c', reason: 'Sakit', now });
    expect(cancelled).toMatchObject({ state: 'cancelled', agreed: null, held: null });
    expect(cancelled.claims).toBeUndefined();
    expect(cancelled.thread.at(-1)).toMatchObject({ text: 'Sakit', startsAt: wib('2026-03-05T09:00') });
    const again = await cancelAppointment(services, { id, by: USER, key: 'c', now });
    expect(again.version).toBe(cancelled.version);
    for (const time of ['2026-03-05T09:00', '2026-03-06T09:00']) {
      expect(await outcome(take(services, (await visit())._id, wib(time)))).toBe('done');
    }
  });

  it('whose time has run out is taken all the same while nobody wants it', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    await holdSession(services, { id, startsAt: wib('2026-03-05T09:00'), now });
    const late = wib('2026-03-02T11:00');
    const confirmed = await confirmSession(services, { id, by: USER, key: 'k', now: late });
    expect(confirmed.agreed?.startsAt).toEqual(wib('2026-03-05T09:00'));
  });

  it('whose time has run out is gone once somebody else has it', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    await holdSession(services, { id, startsAt: wib('2026-03-05T09:00'), now });
    const late = wib('2026-03-02T10:15');
    const { _id: other } = await visit();
    const free = await findFreeSessions(services, { appointment: await visit(), limit: 1, now: late });
    expect(free.sessions[0]?.startsAt).toEqual(wib('2026-03-05T09:00'));
    await take(services, other, wib('2026-03-05T09:00'), late);
    expect(await outcome(confirmSession(services, { id, by: USER, key: 'k', now: late }))).toBe('hold-over');
    await releaseHold(services, { id, onlyOver: true, now: late });
    expect(await outcome(confirmSession(services, { id, by: USER, key: 'k', now: late }))).toBe('hold-over');
  });

  it('that was made anew is not ended by who sweeps', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    await holdSession(services, { id, startsAt: wib('2026-03-05T09:00'), now });
    expect((await releaseHold(services, { id, onlyOver: true, now })).held).not.toBeNull();
    expect((await releaseHold(services, { id, now })).held).toBeNull();
  });
});

describe('confirming', () => {
  it('twice under one key is one step; a visit needs its guests (R-C7)', async () => {
    const { services } = test;
    const { _id: id } = await requestSample(services, { region: 'R-k' });
    await holdSession(services, { id, startsAt: wib('2026-03-05T09:00'), now });
    const confirm = () => confirmSession(services, { id, by: USER, key: 'k', now });
    expect(await outcome(confirm())).toBe('guests-missing');
    const guests = [{ name: 'Sari Contoh', position: null, isHead: false }];
    await nameGuests(services, { id, guests, by: USER, now });
    const first = await confirm();
    expect((await confirm()).version).toBe(first.version);
    expect(first.thread.map(({ step }) => step)).toEqual(['request', 'guests', 'book']);
  });

  it('is refused where the day has been closed since', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    await holdSession(services, { id, startsAt: wib('2026-03-05T09:00'), now });
    const [startsAt, endsAt] = [wib('2026-03-05T00:00'), wib('2026-03-06T00:00')];
    await services.models.closedSessions.create({
      ...{ _id: 'x', date: '2026-03-05', room: null, startsAt, endsAt, reason: 'Rapat kerja' },
      ...{ byName: 'Rani', createdAt: now },
    });
    const refused = confirmSession(services, { id, by: USER, key: 'k', now });
    await expect(refused).rejects.toMatchObject({
      code: 'session-closed',
      params: { reason: 'Rapat kerja' },
    });
    await services.models.closedSessions.deleteMany({});
  });

  it('and moving end when the session begins; the office may still move it', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    await take(services, id, wib('2026-03-05T09:00'));
    const begun = wib('2026-03-05T09:00');
    const hold = holdSession(services, { id, startsAt: wib('2026-03-06T09:00'), now: begun });
    expect(await outcome(hold)).toBe('step-not-possible');
    const moved = await book(id, wib('2026-03-06T09:00'), { now: begun });
    expect(moved).toMatchObject({ displaced: true, thread: [{}, {}, {}, { step: 'move', by: 'staff' }] });
  });
});

describe('booking by the office', () => {
  it('is for agents and supervisors, and for the version that they saw', async () => {
    const { services } = test;
    const { _id: id, version } = await visit();
    const member = await addStaff(services, 'andi', 'unit-member', 'receptionist', 'administrator');
    const startsAt = wib('2026-03-05T09:00');
    expect(await outcome(book(id, startsAt, { actor: member }))).toBe('not-allowed');
    expect(await outcome(book(id, startsAt, { version: version - 1 }))).toBe('appointment-changed');
    expect(await outcome(book(id, startsAt, { version }))).toBe('done');
    await cancelAppointment(services, { id, by: { kind: 'staff', actor: agent }, now });
    expect(await outcome(book(id, startsAt))).toBe('appointment-over');
  });

  it('has a consultant in one place at a time', async () => {
    const { services } = test;
    const member = await addStaff(services, 'dewi', 'unit-member');
    await services.models.staff.updateOne({ _id: member.staffId }, { unitCode: 'dana-transfer-khusus' });
    const assign = (id: string, consultantId: string | null = member.staffId, actor = agent) =>
      assignConsultant(services, { id, consultantId, actor, now });
    const [one, two] = [await visit(), await readySample(services, { kind: 'video-application' })];
    await assign(one._id);
    await take(services, one._id, wib('2026-03-05T09:00'));
    await take(services, two._id, wib('2026-03-05T09:00'));
    expect(await outcome(assign(two._id))).toBe('consultant-busy');
    await book(two._id, wib('2026-03-05T10:30'));
    expect((await assign(two._id)).consultantName).toBe('dewi Contoh');
    expect(await outcome(book(two._id, wib('2026-03-05T09:30')))).toBe('consultant-busy');
    const propose = { id: two._id, startsAts: [wib('2026-03-05T09:00')], actor: agent, now };
    expect(await outcome(proposeSessions(services, propose))).toBe('consultant-busy');
    // Nobody's time any more.
    await assign(one._id, null);
    expect(await outcome(book(two._id, wib('2026-03-05T09:30')))).toBe('done');
    expect(await outcome(assign(two._id, null, member))).toBe('done');
    expect(await outcome(assign(two._id, agent.staffId))).toBe('invalid-input');
    const stranger = await addStaff(services, 'joko', 'unit-member');
    expect(await outcome(assign(two._id, null, stranger))).toBe('not-allowed');
  });
});

describe('guests (R-C5)', () => {
  const guests = (count: number, ...heads: number[]) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ name: `Tamu ${index} Contoh`, position: 'Staf', isHead: heads.includes(index) },
    }));

  it('are two, four with a regional head or the chair of the DPRD, more by a supervisor', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    const name = (list: Omit<Guest, 'id'>[], more = {}) =>
      nameGuests(services, { id, guests: list, by: USER, now, ...more });
    await expect(name(guests(3))).rejects.toMatchObject({ code: 'too-many-guests', params: { most: 2 } });
    expect((await name(guests(4, 2))).guests).toHaveLength(4);
    await expect(name(guests(5, 2))).rejects.toMatchObject({ params: { most: 4 } });
    expect(await outcome(name([]))).toBe('guests-missing');
    expect(await outcome(name([{ name: ' ', position: null, isHead: true }]))).toBe('invalid-input');
    const more = (actor: Actor) => ({ by: { kind: 'staff', actor }, override: override('guests') });
    expect(await outcome(name(guests(5), more(agent)))).toBe('not-allowed');
    expect(await outcome(name(guests(5), { override: override('guests') }))).toBe('not-allowed');
    const { thread } = await name(guests(5), more(supervisor));
    expect(thread.at(-1)).toMatchObject({ step: 'guests', overridden: ['guests'], text: 'Arahan pimpinan.' });
  });

  it('keep their ids when others are added', async () => {
    const { services } = test;
    const { _id: id } = await visit();
    const name = (list: ReturnType<typeof guests>) =>
      nameGuests(services, { id, guests: list, by: USER, now });
    const [first] = (await name(guests(1))).guests;
    expect((await name(guests(2))).guests[0]?.id).toBe(first?.id);
  });
});
