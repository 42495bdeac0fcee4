import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '../../src/models/staff.js';
import { PNG } from '../support/files.js';
import { startConsoleServer, type Asker, type ConsoleServer } from './console-server.js';

interface Shown {
  id: string;
  version: number;
  state: string;
  allowed: string[];
  files: { fileId: string }[];
  thread: { step: string; byName: string; text?: string }[];
}
interface WithCard {
  escalation: Shown;
  card: { type: string; actions: { title: string }[] };
}
interface Refusal {
  error: { code: string; message: string };
}

const UNIT = 'dana-transfer-khusus';
const OTHER = 'dana-desa';

let server: ConsoleServer;
let agent: Asker;
let colleague: Asker;
let boss: Asker;
let member: Asker;
let second: Asker;
let head: Asker;
let stranger: Asker;

beforeAll(async () => {
  server = await startConsoleServer();
  for (const [_id, name] of [
    [UNIT, 'Subdirektorat Contoh Transfer Khusus'],
    [OTHER, 'Subdirektorat Contoh Dana Desa'],
  ] as const) {
    await server.services.models.units.updateOne({ _id }, { $set: { name, active: true } }, { upsert: true });
  }
  agent = await server.signedInAs('sari', 'agent');
  colleague = await server.signedInAs('budi', 'agent');
  boss = await server.signedInAs('rina', 'supervisor');
  member = await inUnit(UNIT, 'joko', 'unit-member');
  second = await inUnit(UNIT, 'putu', 'unit-member');
  head = await inUnit(UNIT, 'wulan', 'head-of-unit');
  stranger = await inUnit(OTHER, 'andi', 'unit-member');
});
afterAll(() => server.close());

async function inUnit(unitCode: string, username: string, role: Role): Promise<Asker> {
  const person = await server.signedInAs(username, role);
  await server.services.models.staff.updateOne({ _id: person.staffId }, { $set: { unitCode } });
  return person;
}

async function escalated(more: object = {}): Promise<{ number: string; id: string }> {
  const { number } = await server.openTicket();
  const body = { unitCode: UNIT, summary: 'Mohon dasar hukumnya.', ...more };
  const made = await agent.ask('POST', `/tickets/${number}/escalate`, body);
  expect(made.statusCode).toBe(200);
  return { number, id: made.json<Shown>().id };
}

async function step(who: Asker, id: string, body: object) {
  const answer = await who.ask('POST', `/escalations/${id}/steps`, body);
  return { status: answer.statusCode, ...answer.json<Partial<WithCard & Refusal>>() };
}

async function upload(who: Asker, name: string): Promise<string> {
  const form = new FormData();
  form.append('file', new File([new Uint8Array(PNG)], name, { type: 'image/png' }));
  const request = new Request('http://localhost', { method: 'POST', body: form });
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/v1/files',
    headers: {
      'x-requested-with': 'dering',
      cookie: who.cookie,
      'content-type': request.headers.get('content-type') ?? '',
    },
    payload: Buffer.from(await request.arrayBuffer()),
  });
  expect(answer.statusCode).toBe(200);
  return answer.json<{ fileId: string }>().fileId;
}

describe('an escalation over HTTP', () => {
  it('goes from agent to unit, head and back, each step in the thread with who took it (R-A5)', async () => {
    const { number, id } = await escalated();
    expect((await step(member, id, { step: 'claim', version: 1 })).escalation?.state).toBe('claimed');
    const basis = ['Peraturan Contoh Nomor 1 Tahun 2026 Pasal 12'];
    const answer = { step: 'answer', version: 2, text: 'Paling lambat 21 Juli.', legalBasis: basis };
    expect((await step(member, id, answer)).escalation?.state).toBe('submitted');
    expect((await step(head, id, { step: 'return', version: 3, text: 'Sebut pasalnya.' })).status).toBe(200);
    const better = { ...answer, version: 4, text: 'Paling lambat 21 Juli, Pasal 12.' };
    expect((await step(member, id, better)).status).toBe(200);
    const approved = await step(head, id, { step: 'approve', version: 5 });
    expect(approved.escalation).toMatchObject({ state: 'approved', allowed: [] });

    const list = await agent.ask('GET', `/tickets/${number}/escalations`);
    const [back] = list.json<{ items: Shown[] }>().items;
    expect(back).toMatchObject({ answer: { text: better.text, legalBasis: basis } });
    expect(back?.thread.map(({ step: name, byName }) => `${name} ${byName}`)).toEqual([
      'escalate sari Contoh',
      'claim joko Contoh',
      'answer joko Contoh',
      'return wulan Contoh',
      'answer joko Contoh',
      'approve wulan Contoh',
    ]);
    const ticket = await agent.ask('GET', `/tickets/${number}`);
    expect(ticket.json()).toMatchObject({ status: 'in-progress' });
  });

  it('is shown with a card in the language of the reader that has just the buttons the reader may press', async () => {
    const { id } = await escalated();
    const shown = async (who: Asker): Promise<string[]> => {
      const { card } = (await who.ask('GET', `/escalations/${id}`)).json<WithCard>();
      expect(card.type).toBe('AdaptiveCard');
      return card.actions.map(({ title }) => title);
    };
    expect(await shown(member)).toContain('Ambil');
    expect(await shown(boss)).toContain('Teruskan');
    expect(await shown(boss)).not.toContain('Ambil');
    expect(await shown(agent)).not.toContain('Teruskan');
    await member.ask('PATCH', '/session', { language: 'en' });
    expect(await shown(member)).not.toContain('Ambil');
    await member.ask('PATCH', '/session', { language: 'id' });
  });

  it('is for its unit, the agents and the supervisor, and for no other unit (R-E3)', async () => {
    const { id, number } = await escalated();
    for (const who of [agent, colleague, boss, member, head])
      expect((await who.ask('GET', `/escalations/${id}`)).statusCode).toBe(200);
    expect((await stranger.ask('GET', `/escalations/${id}`)).statusCode).toBe(403);
    expect((await stranger.ask('GET', `/escalations?view=open&unit=${UNIT}`)).statusCode).toBe(403);
    expect((await member.ask('GET', `/tickets/${number}/escalations`)).statusCode).toBe(403);
    expect(await step(stranger, id, { step: 'claim', version: 1 })).toMatchObject({ status: 403 });
    expect(await step(agent, id, { step: 'claim', version: 1 })).toMatchObject({ status: 403 });
    expect(await step(member, id, { step: 'approve', version: 1 })).toMatchObject({ status: 403 });
  });

  it('lets one of two win who press at once; the other is told who was faster', async () => {
    const { id } = await escalated();
    const both = await Promise.all(
      [member, second].map((who) => step(who, id, { step: 'claim', version: 1 })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    const lost = both.find(({ status }) => status === 409);
    expect(lost?.error?.code).toBe('escalation-changed');
    expect(lost?.error?.message).toMatch(/(joko|putu) Contoh mengambil/u);
    const { escalation } = (await member.ask('GET', `/escalations/${id}`)).json<WithCard>();
    expect(escalation.thread.map(({ step: name }) => name)).toEqual(['escalate', 'claim']);
  });

  it('refuses a head who approves what has changed since, and any step on what is over', async () => {
    const { id } = await escalated();
    await step(member, id, { step: 'answer', version: 1, text: 'Jawaban pertama.' });
    await step(member, id, { step: 'answer', version: 2, text: 'Jawaban kedua.' });
    const old = await step(head, id, { step: 'approve', version: 2 });
    expect(old).toMatchObject({ status: 409, error: { code: 'escalation-changed' } });
    await step(agent, id, { step: 'withdraw', version: 3 });
    const late = await step(head, id, { step: 'approve', version: 3 });
    expect(late).toMatchObject({ status: 409, error: { code: 'escalation-closed' } });
    expect(late.error?.message).toContain('sari Contoh');
  });

  it('is one at a time for a ticket', async () => {
    const { number } = await escalated();
    const again = await agent.ask('POST', `/tickets/${number}/escalate`, { summary: '' });
    expect([again.statusCode, again.json<Refusal>().error.code]).toEqual([409, 'already-escalated']);
  });

  it('shows before when an answer will be due: 3 working days from the question (R-A4)', async () => {
    const { number } = await server.openTicket();
    const { dueAt } = (await agent.ask('GET', `/tickets/${number}/escalation-deadline`)).json<{
      dueAt: string;
    }>();
    await agent.ask('POST', `/tickets/${number}/escalate`, { summary: '' });
    const [made] = (await agent.ask('GET', `/tickets/${number}/escalations`)).json<{
      items: { dueAt: string }[];
    }>().items;
    expect(made?.dueAt).toBe(dueAt);
  });

  it('says which field is wrong', async () => {
    const { number } = await server.openTicket();
    const body = { summary: '', unitCode: 'unit-tak-ada' };
    const wrong = await agent.ask('POST', `/tickets/${number}/escalate`, body);
    expect(wrong.statusCode).toBe(400);
    expect(wrong.json()).toMatchObject({ error: { fields: [{ path: 'unitCode' }] } });
    const { id } = await escalated();
    expect((await step(member, id, { step: 'pass-on', version: 1 })).status).toBe(400);
    expect((await step(member, id, { step: 'lompat', version: 1 })).status).toBe(400);
  });
});

describe('files of an escalation', () => {
  it('go up with an answer and down to the unit and the agent, to nobody else (R-E3)', async () => {
    const { id } = await escalated();
    const fileId = await upload(member, 'bagan.png');
    const answer = { step: 'answer', version: 1, text: 'Lihat bagan.', fileIds: [fileId] };
    expect((await step(member, id, answer)).status).toBe(200);
    for (const who of [member, head, agent]) {
      const file = await who.ask('GET', `/escalations/${id}/files/${fileId}`);
      expect(file.statusCode).toBe(200);
      expect(file.rawPayload.equals(PNG)).toBe(true);
    }
    expect((await stranger.ask('GET', `/escalations/${id}/files/${fileId}`)).statusCode).toBe(403);
    expect((await member.ask('GET', `/files/${fileId}`)).statusCode).toBe(403);
    const other = await upload(agent, 'rahasia.png');
    expect((await member.ask('GET', `/escalations/${id}/files/${other}`)).statusCode).toBe(404);
  });
});

describe('the desk', () => {
  it('comes in pages, what is due first comes first, and each view shows its own', async () => {
    const made = [];
    for (let count = 0; count < 3; count += 1) made.push((await escalated({ unitCode: OTHER })).id);
    const first = (await stranger.ask('GET', '/escalations?view=open&limit=2')).json<Page>();
    expect(first.items).toHaveLength(2);
    const rest = (
      await stranger.ask('GET', `/escalations?view=open&limit=2&cursor=${first.next ?? ''}`)
    ).json<Page>();
    expect([...first.items, ...rest.items].map(({ id }) => id).sort()).toEqual([...made].sort());
    await step(stranger, made[0]!, { step: 'claim', version: 1 });
    await step(stranger, made[1]!, { step: 'decline', version: 1, text: 'Bukan wewenang kami.' });
    const view = async (name: string): Promise<string[]> =>
      (await stranger.ask('GET', `/escalations?view=${name}`)).json<Page>().items.map(({ id }) => id);
    expect(await view('mine')).toEqual([made[0]]);
    expect(await view('closed')).toEqual([made[1]]);
    expect(await view('sent')).toEqual([made[2]]);
  });

  it('offers a unit its own, and the supervisor every unit', async () => {
    const own = (await member.ask('GET', '/escalation-units')).json<{ items: { code: string }[] }>();
    expect(own.items.map(({ code }) => code)).toEqual([UNIT]);
    const all = (await boss.ask('GET', '/escalation-units')).json<{ items: { code: string }[] }>();
    expect(all.items.length).toBeGreaterThan(1);
    const chosen = (await boss.ask('GET', `/escalations?view=open&unit=${OTHER}&limit=100`)).json<Page>();
    expect(new Set(chosen.items.map(({ unit }) => unit.code))).toEqual(new Set([OTHER]));
  });

  it('gives the deputy the head’s buttons while the head is away, and no day longer (R-A5)', async () => {
    const admin = await server.signedInAs('admin', 'administrator');
    const deputy = await inUnit(OTHER, 'dewi', 'head-of-unit');
    const save = (headAwayUntil: string | null) =>
      admin.ask('PUT', `/units/${UNIT}`, {
        ...{ name: 'Subdirektorat Contoh Transfer Khusus', active: true },
        ...{ headAwayUntil, deputyId: deputy.staffId },
      });
    const { id } = await escalated();
    await step(member, id, { step: 'answer', version: 1, text: 'Jawaban.' });
    expect((await save('2100-01-01')).json()).toMatchObject({ headAwayUntil: '2100-01-01' });
    const { escalation } = (await deputy.ask('GET', `/escalations/${id}`)).json<WithCard>();
    expect(escalation.allowed.sort()).toEqual(['approve', 'return']);
    await save('2000-01-01');
    expect(await step(deputy, id, { step: 'approve', version: 2 })).toMatchObject({ status: 403 });
    await save(null);
    const nobody = { name: 'X', active: true, deputyId: 'tak-ada' };
    expect((await admin.ask('PUT', `/units/${UNIT}`, nobody)).statusCode).toBe(400);
  });

  it('keeps what a topic says about escalating', async () => {
    const admin = await server.signedInAs('admin-topik', 'administrator');
    const topic = {
      ...{ name: { id: 'Contoh', en: 'Example' }, keywords: [], unitCode: UNIT, position: 90, active: true },
      ...{ escalatesByItself: true, sendsApprovedAnswer: true },
    };
    expect((await admin.ask('PUT', '/topics/contoh', topic)).json()).toMatchObject(topic);
    const { items } = (await admin.ask('GET', '/topics')).json<{ items: { code: string }[] }>();
    expect(items.find(({ code }) => code === 'contoh')).toMatchObject(topic);
  });
});

interface Page {
  items: { id: string; unit: { code: string } }[];
  next: string | null;
}
