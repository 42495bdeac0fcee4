import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/models/staff.js';
import { readySample, requestSample, sampleLetter, take, wib } from '../support/appointments.js';
import { PDF } from '../support/files.js';
import { MONDAY_MORNING } from '../support/services.js';
import { startConsoleServer, type Asker, type ConsoleServer } from './console-server.js';

interface Shown {
  id: string;
  version: number;
  state: string;
  agreed: { startsAt: string; room: { code: string; name: string } } | null;
  contact: { email: string } | null;
  consultant: { name: string } | null;
  allowed: string[];
  displaced: boolean;
  letter: { file: { fileId: string } } | null;
  thread: { step: string; byName: string; text?: string; overridden?: string[] }[];
}
interface Refusal {
  error: { code: string; message: string };
}

const UNIT = 'dana-transfer-khusus';

let server: ConsoleServer;
let agent: Asker;
let boss: Asker;
let admin: Asker;
let member: Asker;
let stranger: Asker;
/** Each test has regions of its own, so that none fills another's month (R-C4). */
let region = 10;

beforeAll(async () => {
  server = await startConsoleServer();
  agent = await server.signedInAs('sari', 'agent');
  boss = await server.signedInAs('rina', 'supervisor');
  admin = await server.signedInAs('admin', 'administrator');
  member = await inUnit(UNIT, 'joko', 'unit-member');
  stranger = await inUnit('dana-desa', 'andi', 'unit-member');
});
afterAll(() => server.close());

async function inUnit(unitCode: string, username: string, role: Role): Promise<Asker> {
  const person = await server.signedInAs(username, role);
  await server.services.models.staff.updateOne({ _id: person.staffId }, { $set: { unitCode } });
  return person;
}

async function visit(): Promise<string> {
  region += 1;
  return (await readySample(server.services, { region: `73.${region}` }))._id;
}

async function step(who: Asker, id: string, body: object) {
  const answer = await who.ask('POST', `/appointments/${id}/steps`, body);
  return { status: answer.statusCode, ...answer.json<Partial<Shown & Refusal>>() };
}

const book = (time: string, more: object = {}) => ({
  step: 'book',
  startsAt: wib(time).toISOString(),
  ...more,
});
const show = async (who: Asker, id: string) => (await who.ask('GET', `/appointments/${id}`)).json<Shown>();

async function idsOf(who: Asker, query: string): Promise<string[]> {
  const answer = await who.ask('GET', `/appointments?${query}`);
  expect(answer.statusCode).toBe(200);
  return answer.json<{ items: { id: string }[] }>().items.map(({ id }) => id);
}

describe('a booking over HTTP', () => {
  it('is planned on a free session, moved, and every step is in the audit log with who took it (R-B3, R-C2)', async () => {
    const id = await visit();
    const free = await agent.ask('GET', `/appointments/${id}/free-sessions`);
    const { earliest, sessions } = free.json<{ earliest: string; sessions: { startsAt: string }[] }>();
    expect(earliest).toBe('2026-03-05');
    const noDay = await agent.ask('GET', `/appointments/${id}/free-sessions?from=2026-13-45`);
    expect(noDay.statusCode).toBe(400);
    const [first] = sessions;
    const booked = await step(agent, id, { step: 'book', startsAt: first?.startsAt, version: 2 });
    expect(booked).toMatchObject({ status: 200, state: 'scheduled', agreed: { startsAt: first?.startsAt } });
    const moved = await step(agent, id, book('2026-03-17T10:00'));
    expect(moved).toMatchObject({ status: 200, agreed: { startsAt: wib('2026-03-17T10:00').toISOString() } });
    expect((await show(agent, id)).thread.map((entry) => entry.step)).toEqual([
      'request',
      'guests',
      'book',
      'move',
    ]);
    const audit = await boss.ask('GET', '/audit?limit=20');
    const actions = audit
      .json<{ items: { action: string; actorName: string }[] }>()
      .items.map(({ action, actorName }) => `${action} ${actorName}`);
    expect(actions).toEqual(
      expect.arrayContaining(['appointment.book sari Contoh', 'appointment.move sari Contoh']),
    );
  });

  it('refuses with a sentence in which dates are words, and what a page showed that has changed since', async () => {
    const id = await visit();
    const early = await step(agent, id, book('2026-03-04T09:00'));
    expect(early).toMatchObject({ status: 422, error: { code: 'session-too-early' } });
    expect(early.error?.message).toContain('Kamis, 5 Maret 2026');
    const stale = await step(agent, id, book('2026-03-26T13:00', { version: 1 }));
    expect(stale).toMatchObject({ status: 409, error: { code: 'appointment-changed' } });
  });

  it('sets a rule aside for a supervisor with a reason, and for nobody else (R-B2, R-C1)', async () => {
    const id = await visit();
    const override = { rules: ['lead-time'], reason: 'Bupati hanya hadir hari itu.' };
    const wish = book('2026-03-04T13:00', { override });
    expect(await step(agent, id, wish)).toMatchObject({ status: 403 });
    expect(
      await step(boss, id, book('2026-03-04T13:00', { override: { ...override, reason: ' ' } })),
    ).toMatchObject({ status: 400 });
    const taken = await step(boss, id, wish);
    expect(taken.status).toBe(200);
    expect(taken.thread?.at(-1)).toMatchObject({ overridden: ['lead-time'], text: override.reason });
    const audit = await boss.ask('GET', '/audit?limit=5');
    const { items } = audit.json<{ items: { action: string; details: object }[] }>();
    expect(items.find(({ action }) => action === 'appointment.book')?.details).toMatchObject({
      ...{ overridden: 'lead-time', reason: override.reason },
    });
  });

  it('is for the contact centre and its unit, which does not see how to reach the user, and for no other (R-E3)', async () => {
    const id = await visit();
    for (const who of [agent, boss, admin]) expect((await show(who, id)).contact?.email).toContain('@');
    expect(await show(member, id)).toMatchObject({ contact: null, allowed: ['assign'] });
    expect((await show(admin, id)).allowed).toEqual([]);
    expect((await stranger.ask('GET', `/appointments/${id}`)).statusCode).toBe(403);
    expect((await stranger.ask('GET', `/appointments/${id}/free-sessions`)).statusCode).toBe(403);
    expect(await step(stranger, id, { step: 'assign', consultantId: null })).toMatchObject({ status: 403 });
    expect(await step(member, id, book('2026-03-26T14:00'))).toMatchObject({ status: 403 });
    expect(await idsOf(member, 'view=planning&limit=100')).toContain(id);
    expect(await idsOf(stranger, 'view=planning')).toEqual([]);
    expect((await stranger.ask('GET', `/appointments?view=planning&unit=${UNIT}`)).statusCode).toBe(403);
  });

  it('gives its unit colleagues to choose from, and lets them take it', async () => {
    const id = await visit();
    const list = await member.ask('GET', '/consultants');
    expect(list.json<{ items: { id: string }[] }>().items.map((one) => one.id)).toEqual([member.staffId]);
    const taken = await step(member, id, { step: 'assign', consultantId: member.staffId });
    expect(taken).toMatchObject({ status: 200, consultant: { name: 'joko Contoh' } });
  });

  it('shows its request letter to whoever may see it, and no other file (R-B1)', async () => {
    const form = new FormData();
    form.append('file', new File([new Uint8Array(PDF)], 'surat.pdf', { type: 'application/pdf' }));
    const request = new Request('http://localhost', { method: 'POST', body: form });
    const stored = await server.app.inject({
      ...{ method: 'POST', url: '/api/v1/files', payload: Buffer.from(await request.arrayBuffer()) },
      headers: {
        ...{ 'x-requested-with': 'dering', cookie: agent.cookie },
        'content-type': request.headers.get('content-type') ?? '',
      },
    });
    const { fileId } = stored.json<{ fileId: string }>();
    const { _id: id } = await requestSample(server.services, { letter: null, kind: 'video-application' });
    expect((await show(agent, id)).allowed).toContain('letter');
    const facts = { number: '900/9/BPKAD/2026', date: '2026-02-27', sender: 'BPKAD Contoh', via: 'email' };
    const letter = { step: 'letter', fileId, addressee: 'Direktur Jenderal', ...facts };
    const later = wib('2026-03-03T10:00').toISOString();
    expect(await step(agent, id, { ...letter, receivedAt: later })).toMatchObject({ status: 400 });
    const noDay = { ...letter, date: '2026-02-30', receivedAt: MONDAY_MORNING.toISOString() };
    expect(await step(agent, id, noDay)).toMatchObject({ status: 400 });
    const added = await step(agent, id, { ...letter, receivedAt: MONDAY_MORNING.toISOString() });
    expect(added).toMatchObject({ status: 200, state: 'planning', letter: { file: { fileId } } });
    const other = (await sampleLetter(server.services)).file.fileId;
    const opened = (who: Asker, file: string) => who.ask('GET', `/appointments/${id}/files/${file}?inline=1`);
    expect((await opened(member, fileId)).rawPayload.equals(PDF)).toBe(true);
    expect((await opened(stranger, fileId)).statusCode).toBe(403);
    expect((await opened(agent, other)).statusCode).toBe(404);
  });

  it('stands on its ticket', async () => {
    const id = await visit();
    const { ticketNumber } = (await server.services.models.appointments.findById(id).lean())!;
    const list = await agent.ask('GET', `/tickets/${ticketNumber}/appointments`);
    expect(list.json<{ items: { id: string }[] }>().items.map((one) => one.id)).toEqual([id]);
    const { number } = await server.openTicket();
    expect((await agent.ask('GET', `/tickets/${number}/appointments`)).json()).toEqual({ items: [] });
    expect((await member.ask('GET', `/tickets/${ticketNumber}/appointments`)).statusCode).toBe(403);
  });
});

describe('the lists', () => {
  it('have each booking in the view of its state, page by page, found by number and words', async () => {
    const [first, second] = [await visit(), await visit()];
    await take(server.services, second, wib('2026-03-26T09:00'));
    expect(await idsOf(agent, 'view=planning&limit=100')).toContain(first);
    expect(await idsOf(agent, 'view=planning&limit=100')).not.toContain(second);
    expect(await idsOf(agent, 'view=scheduled&limit=100')).toContain(second);
    const { ticketNumber } = (await server.services.models.appointments.findById(first).lean())!;
    expect(await idsOf(agent, `view=planning&q=${ticketNumber}`)).toEqual([first]);
    expect(await idsOf(agent, 'view=planning&limit=100&q=tidakada')).toEqual([]);

    const whole = await idsOf(agent, 'view=planning&limit=100');
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const answer = await agent.ask(
        'GET',
        `/appointments?view=planning&limit=2${cursor && `&cursor=${cursor}`}`,
      );
      const page = answer.json<{ items: { id: string }[]; next: string | null }>();
      paged.push(...page.items.map(({ id }) => id));
      cursor = page.next;
    }
    expect(paged).toEqual(whole);
  });

  it('refuse a foreign cursor and an unknown view', async () => {
    expect((await agent.ask('GET', '/appointments?view=planning&cursor=abc')).statusCode).toBe(400);
    expect((await agent.ask('GET', '/appointments?view=all')).statusCode).toBe(400);
  });
});

describe('the calendar', () => {
  it('shows what is agreed, days off and closings; a unit sees what is its own', async () => {
    const id = await visit();
    await take(server.services, id, wib('2026-03-30T09:00'));
    const asked = (who: Asker) => who.ask('GET', '/booking-calendar?from=2026-03-16&to=2026-04-03');
    const { entries, daysOff } = (await asked(agent)).json<{
      entries: { id: string; held: boolean; room: { code: string } }[];
      daysOff: { date: string; name: string | null }[];
    }>();
    expect(entries.find((entry) => entry.id === id)).toMatchObject({
      held: false,
      room: { code: 'vc-lantai-3' },
    });
    expect(daysOff).toContainEqual({ date: '2026-03-19', name: 'Hari Suci Nyepi (Tahun Baru Saka 1948)' });
    const own = (await asked(stranger)).json<{ entries: unknown[] }>();
    expect(own.entries).toEqual([]);
  });

  it('refuses more than it can draw, and dates that are none', async () => {
    for (const range of [
      'from=2026-03-01&to=2027-03-01',
      'from=2026-03-05&to=2026-03-01',
      'from=2026-02-31&to=2026-03-05',
    ])
      expect([range, (await agent.ask('GET', `/booking-calendar?${range}`)).statusCode]).toEqual([
        range,
        400,
      ]);
  });
});

describe('a closing', () => {
  it('displaces who is booked there, offers the day no more, and can be taken back (R-C6)', async () => {
    const id = await visit();
    await take(server.services, id, wib('2026-04-07T09:00'));
    const closing = { date: '2026-04-07', room: null, reason: 'Ruang VC diperbaiki' };
    expect((await member.ask('POST', '/closed-sessions', closing)).statusCode).toBe(403);
    const made = await agent.ask('POST', '/closed-sessions', closing);
    expect(made.statusCode).toBe(200);
    const displaced = await show(agent, id);
    expect(displaced).toMatchObject({ state: 'planning', agreed: null, displaced: true });
    expect(await step(agent, id, book('2026-04-07T10:00'))).toMatchObject({
      ...{ status: 409, error: { code: 'session-closed' } },
    });
    const path = `/closed-sessions/${made.json<{ id: string }>().id}`;
    expect((await agent.ask('DELETE', path)).statusCode).toBe(204);
    expect((await agent.ask('DELETE', path)).statusCode).toBe(404);
    expect(await step(agent, id, book('2026-04-07T10:00'))).toMatchObject({ status: 200 });
  });
});

describe('rooms', () => {
  it('are saved by administrators and offered from then on', async () => {
    const room = { name: 'Ruang Contoh', kinds: ['visit'], active: true };
    expect((await agent.ask('PUT', '/rooms/ruang-contoh', room)).statusCode).toBe(403);
    expect((await admin.ask('PUT', '/rooms/ruang-contoh', { ...room, kinds: [] })).statusCode).toBe(400);
    expect((await admin.ask('PUT', '/rooms/ruang-contoh', room)).statusCode).toBe(200);
    const { items } = (await member.ask('GET', '/rooms')).json<{ items: { code: string }[] }>();
    expect(items).toContainEqual({ code: 'ruang-contoh', ...room });
  });
});
