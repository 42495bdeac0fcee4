import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bookSession } from '../../../src/services/appointments/book-session.js';
import { declineAppointment } from '../../../src/services/appointments/decline-appointment.js';
import { findFreeSessions } from '../../../src/services/appointments/find-free-sessions.js';
import { noteTrial } from '../../../src/services/appointments/note-trial.js';
import { proposeSessions } from '../../../src/services/appointments/propose-sessions.js';
import { setMeeting } from '../../../src/services/appointments/set-meeting.js';
import { solveHindrance } from '../../../src/services/appointments/solve-hindrance.js';
import { tellLate } from '../../../src/services/appointments/tell-late.js';
import type { Room } from '../../../src/services/appointments/rooms.js';
import type { Actor } from '../../../src/services/service-context.js';
import { saveRoom } from '../../../src/services/settings/save-room.js';
import { readySample, take, wib } from '../../support/appointments.js';
import { outcome } from '../../support/escalations.js';
import { addStaff, createTestServices, MONDAY_MORNING, type TestServices } from '../../support/services.js';

let test: TestServices;
let agent: Actor;
let member: Actor;
beforeAll(async () => {
  test = await createTestServices();
  agent = await addStaff(test.services, 'rani', 'agent');
  member = await addStaff(test.services, 'dewi', 'unit-member');
  const unitCode = 'dana-transfer-khusus';
  await test.services.models.staff.updateOne({ _id: member.staffId }, { unitCode });
});
afterAll(() => test.close());

const now = MONDAY_MORNING;
const at = wib('2026-03-10T09:00');

describe('the trial run of a conference over the network (R-B5)', () => {
  it('that fails postpones it until what hindered it is solved; then it is agreed anew', async () => {
    const { services } = test;
    const { _id: id } = await readySample(services, { kind: 'video-network' });
    const trial = (more: object, actor = agent) => noteTrial(services, { id, actor, now, ...more });
    await take(services, id, at);
    const planned = await trial({ at: wib('2026-03-09T14:00') });
    expect(planned.trial).toMatchObject({ state: 'due', at: wib('2026-03-09T14:00') });
    expect(await outcome(trial({ result: 'failed' }))).toBe('reason-missing');
    expect(await outcome(trial({}))).toBe('invalid-input');
    expect(await outcome(trial({ result: 'passed' }, member))).toBe('not-allowed');
    const failed = await trial({ result: 'failed', hindrance: 'Jaringan Kanwil terputus.' });
    expect(failed).toMatchObject({ state: 'planning', agreed: null, trial: { state: 'failed' } });
    expect(failed.thread.at(-1)).toMatchObject({ text: 'Jaringan Kanwil terputus.', startsAt: at });
    expect(await outcome(take(services, id, at))).toBe('trial-not-passed');
    expect(await outcome(bookSession(services, { id, startsAt: at, actor: agent, now }))).toBe(
      'trial-not-passed',
    );
    const propose = proposeSessions(services, { id, startsAts: [at], actor: agent, now });
    expect(await outcome(propose)).toBe('trial-not-passed');
    await solveHindrance(services, { id, remark: 'Sudah diperbaiki.', actor: agent, now });
    expect(await outcome(solveHindrance(services, { id, remark: '', actor: agent, now }))).toBe(
      'step-not-possible',
    );
    expect((await take(services, id, at)).state).toBe('scheduled');
    expect((await trial({ result: 'passed' })).trial).toMatchObject({ state: 'passed', hindrance: null });
  });

  it('belongs to no other kind', async () => {
    const { _id: id } = await readySample(test.services, { kind: 'video-application' });
    const trial = noteTrial(test.services, { id, result: 'passed', actor: agent, now });
    expect(await outcome(trial)).toBe('step-not-possible');
  });
});

describe('the meeting (R-B3)', () => {
  it('is a web address, set by agents and members of the unit; a visit has none', async () => {
    const { services } = test;
    const { _id: id } = await readySample(services, { kind: 'video-application' });
    const url = 'https://teams.example.id/l/meetup-join/1';
    const set = (text: string, actor = member, of = id) =>
      setMeeting(services, { id: of, url: text, actor, now });
    expect((await set(url)).meetingUrl).toBe(url);
    for (const wrong of ['', 'javascript:alert(1)', 'teams', `https://example.id/${'x'.repeat(2_000)}`]) {
      expect(await outcome(set(wrong))).toBe('invalid-input');
    }
    const stranger = await addStaff(services, 'joko', 'unit-member');
    expect(await outcome(set(url, stranger))).toBe('not-allowed');
    const visit = await readySample(services, { region: 'R1' });
    expect(await outcome(set(url, agent, visit._id))).toBe('step-not-possible');
  });
});

describe('proposed times (R-B3)', () => {
  it('follow the rules and take nothing', async () => {
    const { services } = test;
    const one = await readySample(services, { region: 'R2' });
    const propose = (...times: string[]) =>
      proposeSessions(services, { id: one._id, startsAts: times.map(wib), actor: agent, now });
    const proposed = await propose('2026-03-12T10:00', '2026-03-12T09:00', '2026-03-12T09:00');
    expect(proposed.proposed.map(({ startsAt }) => startsAt)).toEqual([
      ...[wib('2026-03-12T09:00'), wib('2026-03-12T10:00')],
    ]);
    expect(proposed.claims).toBeUndefined();
    expect(await outcome(propose('2026-03-03T09:00'))).toBe('session-too-early');
    expect(await outcome(propose())).toBe('invalid-input');
    const other = await readySample(services, { region: 'R3' });
    expect(await outcome(take(services, other._id, wib('2026-03-12T09:00')))).toBe('done');
    expect(await outcome(take(services, one._id, wib('2026-03-12T09:00')))).toBe('session-taken');
    expect((await take(services, one._id, wib('2026-03-12T10:00'))).proposed).toEqual([]);
  });
});

describe('being late', () => {
  it('is told on the day, before the session is over', async () => {
    const { services } = test;
    const { _id: id } = await readySample(services, { region: 'R4' });
    await take(services, id, wib('2026-03-13T09:00'));
    const late = (minutes: number, when: string) =>
      tellLate(services, { id, minutes, key: `late-${minutes}-${when}`, now: wib(when) });
    expect(await outcome(late(15, '2026-03-12T09:00'))).toBe('step-not-possible');
    expect(await outcome(late(15, '2026-03-13T10:00'))).toBe('step-not-possible');
    expect(await outcome(late(0, '2026-03-13T08:30'))).toBe('invalid-input');
    const told = await late(15, '2026-03-13T08:30');
    expect(told.thread.at(-1)).toMatchObject({ step: 'late', text: '15', by: 'user' });
    expect((await late(15, '2026-03-13T08:30')).version).toBe(told.version);
  });
});

describe('declining', () => {
  it('is the office’s, with a reason, and gives everything back', async () => {
    const { services } = test;
    const { _id: id } = await readySample(services, { region: 'R5' });
    await take(services, id, wib('2026-03-16T09:00'));
    const decline = (reason: string, actor = agent) =>
      declineAppointment(services, { id, actor, reason, now });
    expect(await outcome(decline('Tidak.', member))).toBe('not-allowed');
    expect(await outcome(decline('  '))).toBe('reason-missing');
    const declined = await decline('Bukan urusan DJPK.');
    expect(declined).toMatchObject({ state: 'declined', agreed: null, letterKeys: [] });
    expect(declined.claims).toBeUndefined();
    expect(await outcome(decline('Lagi.'))).toBe('appointment-over');
  });
});

describe('rooms', () => {
  const room: Room = { code: 'vc-lantai-4', name: 'Ruang VC lantai 4', kinds: ['visit'], active: true };

  it('are data of the administrators; one that is closed for good takes no more bookings', async () => {
    const { services } = test;
    const actor = await addStaff(services, 'ayu', 'administrator');
    const save = (more: Partial<Room>) => saveRoom(services, { actor, room: { ...room, ...more }, now });
    expect(await outcome(saveRoom(services, { actor: agent, room, now }))).toBe('not-allowed');
    expect(await outcome(save({ code: 'A B' }))).toBe('invalid-input');
    expect(await outcome(save({ name: ' ' }))).toBe('invalid-input');
    expect(await outcome(save({ kinds: [] }))).toBe('invalid-input');
    await save({});
    await save({ code: 'vc-lantai-3', name: 'Ruang VC', active: false });
    expect(services.reference.rooms.map(({ code, active }) => `${code} ${active}`)).toEqual([
      ...['vc-lantai-3 false', 'teams-1 true', 'teams-2 true', 'vc-lantai-4 true'],
    ]);
    const { _id: id } = await readySample(services, { region: 'R6' });
    expect((await take(services, id, wib('2026-03-17T09:00'))).agreed?.room).toBe('vc-lantai-4');
    const appointment = await readySample(services, { kind: 'video-network' });
    expect((await findFreeSessions(services, { appointment, now })).sessions).toEqual([]);
    const audited = await services.models.auditEntries.findOne({ action: 'room.save' }).lean();
    expect(audited).toMatchObject({ subject: 'vc-lantai-4', actorId: actor.staffId });
  });

  it('saved by two at once are both there, or one hears that it was too late', async () => {
    const { services } = test;
    const actor = await addStaff(services, 'ayu2', 'administrator');
    const codes = Array.from({ length: 6 }, (_, index) => `ruang-${index}`);
    const results = await Promise.all(
      codes.map((code) => outcome(saveRoom(services, { actor, room: { ...room, code }, now }))),
    );
    await services.reference.reload();
    const there = codes.filter((code) => services.reference.rooms.some((known) => known.code === code));
    expect(there).toEqual(codes.filter((_, index) => results[index] === 'done'));
    expect(new Set(results).has('invalid-input')).toBe(false);
  });
});
