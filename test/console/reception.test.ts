import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Appointment } from '../../src/models/appointment.js';
import { visitCode } from '../../src/services/appointments/visit-code.js';
import { JPEG, PNG } from '../support/files.js';
import { addVisit, onThursday } from '../support/visits.js';
import { startConsoleServer, type Asker, type ConsoleServer } from './console-server.js';

interface Shown {
  id: string;
  phase: string | null;
  state: string;
  guestCard: string | null;
  allowed: string[];
  guests: { id: string; attendance: { signatureFileId: string | null } | null }[];
  thread: { step: string; byName: string }[];
}
interface Refusal {
  error: { code: string; message: string; fields?: { path: string }[] };
}

const UNIT = 'dana-transfer-khusus';

let server: ConsoleServer;
let reception: Asker;
let boss: Asker;
let agent: Asker;
let member: Asker;

beforeAll(async () => {
  server = await startConsoleServer();
  server.clock.moveTo(onThursday('08:45'));
  reception = await server.signedInAs('rara', 'receptionist');
  boss = await server.signedInAs('rina', 'supervisor');
  agent = await server.signedInAs('sari', 'agent');
  member = await server.signedInAs('andi', 'unit-member');
  const { staff } = server.services.models;
  await staff.updateOne({ _id: member.staffId }, { $set: { unitCode: UNIT } });
});
afterAll(() => server.close());
beforeEach(() => server.services.models.appointments.deleteMany({}));

async function step(who: Asker, { _id }: Appointment, body: object) {
  const answer = await who.ask('POST', `/reception/visits/${_id}/steps`, body);
  return { status: answer.statusCode, ...answer.json<Shown & Refusal>() };
}

const arrive = { step: 'arrive', guestCards: ['12'] };

describe('the reception over HTTP', () => {
  it('takes a visit from arriving to leaving, each step shown with who took it (R-C8)', async () => {
    const visit = await addVisit(server.services);
    expect(await step(reception, visit, arrive)).toMatchObject({
      status: 200,
      phase: 'arrived',
      guestCard: '12',
    });
    expect(await step(reception, visit, { step: 'call', key: 'satu' })).toMatchObject({ phase: 'called' });
    expect(await step(reception, visit, { step: 'call', key: 'satu' })).toMatchObject({ phase: 'called' });
    expect(await step(member, visit, { step: 'meet' })).toMatchObject({ phase: 'met', allowed: [] });
    const left = await step(reception, visit, { step: 'leave' });
    expect(left).toMatchObject({ phase: 'left', allowed: [] });
    expect(left.thread.map(({ step: name, byName }) => `${name} ${byName}`)).toEqual([
      'arrive rara Contoh',
      'call rara Contoh',
      'meet andi Contoh',
      'leave rara Contoh',
    ]);
  });

  it('shows the day, today where none is named, to agents too, who may do nothing there', async () => {
    const visit = await addVisit(server.services);
    for (const path of ['/reception/visits', '/reception/visits?date=2026-03-05']) {
      const day = (await agent.ask('GET', path)).json<{ date: string; items: Shown[] }>();
      expect([day.date, day.items.map(({ id }) => id)]).toEqual(['2026-03-05', [visit._id]]);
    }
    const none = await reception.ask('GET', '/reception/visits?date=2026-03-06');
    expect(none.json()).toEqual({ date: '2026-03-06', items: [] });
    const shown = await agent.ask('GET', `/reception/visits/${visit._id}`);
    expect(shown.json<Shown>().allowed).toEqual([]);
    expect(await step(agent, visit, arrive)).toMatchObject({ status: 403 });
  });

  it('shows everybody just the steps that are theirs', async () => {
    const { _id } = await addVisit(server.services);
    const allowed = async (who: Asker) =>
      (await who.ask('GET', `/reception/visits/${_id}`)).json<Shown>().allowed;
    expect(await allowed(reception)).toEqual(['arrive']);
    await step(reception, { _id } as Appointment, arrive);
    await step(reception, { _id } as Appointment, { step: 'meet' });
    expect(await allowed(reception)).toEqual(['attendance', 'check-travel-orders', 'hand-over', 'leave']);
    expect(await allowed(boss)).toContain('sign-travel-orders');
  });

  it('finds a visit by its scanned code', async () => {
    const visit = await addVisit(server.services);
    const q = encodeURIComponent(visitCode(server.services, visit));
    const { items } = (await reception.ask('GET', `/reception/search?q=${q}`)).json<{ items: Shown[] }>();
    expect(items.map(({ id }) => id)).toEqual([visit._id]);
    expect((await reception.ask('GET', '/reception/search?q=x')).statusCode).toBe(400);
  });

  it('is kind to who comes at another time, in the language of the reader (R-C2)', async () => {
    const visit = await addVisit(server.services, { startsAt: onThursday('13:00') });
    const refused = await step(reception, visit, arrive);
    expect([refused.status, refused.error.code]).toEqual([409, 'visit-outside-time']);
    expect(refused.error.message).toContain('30 menit sebelum sesi');
  });

  it('gives one guest card once', async () => {
    const first = await addVisit(server.services);
    const second = await addVisit(server.services, { startsAt: onThursday('09:15'), claims: [] });
    const both = await Promise.all([first, second].map((visit) => step(reception, visit, arrive)));
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(both.find(({ status }) => status === 409)?.error.code).toBe('guest-card-out');
  });
});

describe('a signature', () => {
  const sign = (image: string) => ({ step: 'attendance', guestId: 'g1', signature: 'screen', image });

  it('is kept and shown on its own visit only, as a picture', async () => {
    const visit = await addVisit(server.services);
    await step(reception, visit, arrive);
    const { guests } = await step(reception, visit, sign(PNG.toString('base64')));
    const id = guests[0]?.attendance?.signatureFileId ?? '';
    const shown = await agent.ask('GET', `/reception/visits/${visit._id}/signatures/${id}`);
    expect([shown.statusCode, shown.headers['content-type']]).toEqual([200, 'image/png']);
    expect(shown.rawPayload.equals(PNG)).toBe(true);
    expect((await agent.ask('GET', `/files/${id}`)).statusCode).toBe(404);
    const other = await addVisit(server.services, { startsAt: onThursday('10:00') });
    expect((await agent.ask('GET', `/reception/visits/${other._id}/signatures/${id}`)).statusCode).toBe(404);
  });

  it.each([
    [
      'of more than 100 kB',
      Buffer.concat([PNG, Buffer.alloc(110_000)]).toString('base64'),
      413,
      'file-too-large',
    ],
    ['longer than any signature', 'A'.repeat(210_000), 400, 'invalid-input'],
    ['larger than any request', 'A'.repeat(300_000), 413, 'message-too-long'],
    ['of another kind', JPEG.toString('base64'), 415, 'file-type-refused'],
    ['that is no base64', 'data:image/png;base64,AAAA', 400, 'invalid-input'],
  ])('%s is refused', async (_what, image, status, code) => {
    const visit = await addVisit(server.services);
    await step(reception, visit, arrive);
    const refused = await step(reception, visit, sign(image));
    expect([refused.status, refused.error.code]).toEqual([status, code]);
    const stored = await server.services.models.appointments.findById(visit._id).lean();
    expect(stored?.visit?.attendance).toEqual([]);
  });
});

describe('bad input', () => {
  it.each([
    ['no step', {}, ''],
    ['an unknown step', { step: 'tidur' }, 'step'],
    ['no guest cards', { step: 'arrive', guestCards: [] }, 'guestCards'],
    ['too many guest cards', { step: 'arrive', guestCards: ['1', '2', '3', '4', '5'] }, 'guestCards'],
    ['an operator as a card', { step: 'arrive', guestCards: [{ $ne: null }] }, 'guestCards.0'],
    ['the number of an identity card', { ...arrive, identityNumber: '7306012345670001' }, ''],
    ['a signature of nobody', { step: 'attendance', signature: 'paper' }, 'guestId'],
    [
      'an SPPD without a number',
      { step: 'check-travel-orders', orders: [{ guestId: 'g1', number: '' }] },
      'orders.0.number',
    ],
  ])('%s is a 400', async (_what, body, field) => {
    const visit = await addVisit(server.services);
    const refused = await step(reception, visit, body);
    expect(refused.status).toBe(400);
    if (field !== '') expect(refused.error.fields?.map(({ path }) => path)).toContain(field);
  });

  it('is a 404 for what is no visit', async () => {
    const video = await addVisit(server.services, { kind: 'video-application' });
    expect((await reception.ask('GET', `/reception/visits/${video._id}`)).statusCode).toBe(404);
    expect(await step(reception, video, arrive)).toMatchObject({ status: 404 });
    expect((await reception.ask('GET', '/reception/visits/tidak-ada')).statusCode).toBe(404);
    expect((await reception.ask('GET', '/reception/visits?date=2026-02-31')).statusCode).toBe(400);
  });
});

describe('papers', () => {
  it.each([
    ['pdf', 'application/pdf', '%PDF'],
    ['xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'PK'],
  ])('the list of the day comes as %s (R-C7)', async (format, type, beginning) => {
    await addVisit(server.services);
    const paper = await reception.ask('GET', `/reception/days/2026-03-05/list?format=${format}`);
    expect([paper.statusCode, paper.headers['content-type']]).toEqual([200, type]);
    expect(paper.rawPayload.subarray(0, beginning.length).toString()).toBe(beginning);
    expect(paper.headers['content-disposition']).toContain(`Daftar-Reservasi-2026-03-05.${format}`);
  });

  it('the attendance list comes with what was signed (R-C9)', async () => {
    const visit = await addVisit(server.services);
    await step(reception, visit, arrive);
    const path = `/reception/visits/${visit._id}/attendance-list`;
    const empty = await reception.ask('GET', path);
    const sign = { step: 'attendance', guestId: 'g1', signature: 'screen', image: PNG.toString('base64') };
    await step(reception, visit, sign);
    const signed = await reception.ask('GET', path);
    for (const paper of [empty, signed]) expect(paper.headers['content-type']).toBe('application/pdf');
    expect(signed.rawPayload.equals(empty.rawPayload)).toBe(false);
  });

  it('the BAK is there once it is made', async () => {
    const visit = await addVisit(server.services);
    expect((await reception.ask('GET', `/reception/visits/${visit._id}/minutes`)).statusCode).toBe(404);
  });
});

describe('somebody without a schedule (R-C2)', () => {
  it('is counted once a press and told how to book', async () => {
    const come = (key: string) => reception.ask('POST', '/reception/unscheduled', { key });
    expect((await come('satu')).json()).toEqual({ today: 1 });
    expect((await come('satu')).json()).toEqual({ today: 1 });
    expect((await reception.ask('GET', '/reception/how-to-book')).json()).toMatchObject({
      ...{ chatUrl: 'http://dering.test/chat', phone: '150420', today: 1 },
    });
    expect((await agent.ask('POST', '/reception/unscheduled', { key: 'tiga' })).statusCode).toBe(403);
    const named = { key: 'empat', name: 'Sari Contoh' };
    expect((await reception.ask('POST', '/reception/unscheduled', named)).statusCode).toBe(400);
  });
});

describe('the camera', () => {
  it('is for pages of the console alone', async () => {
    const policy = async (url: string) =>
      (await server.app.inject({ url, headers: { accept: 'text/html' } })).headers['permissions-policy'];
    expect(await policy('/console/reception')).toContain('camera=(self)');
    expect(await policy('/console/')).toContain('camera=(self)');
    expect(await policy('/verify/tidak-ada')).toContain('camera=()');
    expect(await policy('/api/v1/openapi.json')).toContain('camera=()');
  });
});
