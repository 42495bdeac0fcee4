import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { POSTS, type OfficialLetter, type Post } from '../../src/models/official-letter.js';
import type { Role } from '../../src/models/staff.js';
import type { LetterView } from '../../src/services/letters/letter-view.js';
import { agreedConference, openLetter } from '../support/letters.js';
import { startConsoleServer, type Asker, type ConsoleServer } from './console-server.js';

const UNIT = 'dana-transfer-khusus';

let server: ConsoleServer;
let posts: Record<Post, Asker>;
let agent: Asker;
let member: Asker;
let stranger: Asker;
let letter: OfficialLetter;

beforeAll(async () => {
  server = await startConsoleServer();
  const asked: [Post, Asker][] = [];
  for (const post of POSTS) asked.push([post, await withFacts(post, 'receptionist', { post })]);
  posts = Object.fromEntries(asked) as Record<Post, Asker>;
  agent = await server.signedInAs('rani', 'agent');
  member = await withFacts('andi', 'unit-member', { unitCode: UNIT });
  stranger = await withFacts('joko', 'unit-member', { unitCode: 'dana-transfer-umum' });
  letter = await openLetter(server.services, await agreedConference(server.services));
});
afterAll(() => server.close());

async function withFacts(username: string, role: Role, facts: object): Promise<Asker> {
  const asker = await server.signedInAs(username, role);
  await server.services.models.staff.updateOne({ _id: asker.staffId }, { $set: facts });
  return asker;
}

async function shown({ ask }: Asker): Promise<LetterView> {
  return (await ask('GET', `/letters/${letter._id}`)).json<LetterView>();
}

/** Takes a step at the version that stands now. @returns the status */
async function step(who: Asker, body: object): Promise<number> {
  const { version } = (await server.services.models.officialLetters.findById(letter._id).lean())!;
  return (await who.ask('POST', `/letters/${letter._id}/steps`, { version, ...body })).statusCode;
}

const idsOf = async ({ ask }: Asker, view: string): Promise<string[]> =>
  (await ask('GET', `/letters?view=${view}`)).json<{ items: { id: string }[] }>().items.map(({ id }) => id);
const waiting = async ({ ask }: Asker): Promise<number> =>
  (await ask('GET', '/letter-counts')).json<{ myTurn: number }>().myTurn;

describe('letters over the API (R-B4)', () => {
  it('wait for whose turn it is, and say what may be done', async () => {
    const typist = posts['pelaksana-msklip'];
    expect(await idsOf(typist, 'my-turn')).toEqual([letter._id]);
    expect(await waiting(typist)).toBe(1);
    expect(await waiting(posts['kabag-hkk'])).toBe(0);
    expect(await shown(typist)).toMatchObject({
      mine: true,
      allowed: ['edit', 'submit', 'withdraw'],
      number: null,
    });
    expect(await shown(agent)).toMatchObject({ mine: false, allowed: [] });
  });

  it('are nobody else’s before they are signed, and no receptionist’s at all (R-E3)', async () => {
    for (const { ask } of [member, stranger]) {
      expect((await ask('GET', `/letters/${letter._id}`)).statusCode).toBe(404);
      expect((await ask('GET', '/letters?view=on-the-way')).json()).toEqual({ items: [], next: null });
    }
    const { ask } = await server.signedInAs('lobi', 'receptionist');
    expect((await ask('GET', '/letters?view=signed')).statusCode).toBe(403);
    expect((await ask('GET', `/letters/${letter._id}`)).statusCode).toBe(403);
  });

  it('are edited by the typist alone, within bounds', async () => {
    const text = { addressees: ['Kepala Contoh'], copies: [], subject: 'Hal contoh', body: '1. Isi contoh.' };
    const typist = posts['pelaksana-msklip'];
    expect(await step(agent, { step: 'edit', text })).toBe(403);
    expect(await step(typist, { step: 'edit', text: { ...text, addressees: [] } })).toBe(400);
    expect(await step(typist, { step: 'edit', text: { ...text, body: 'x'.repeat(10_001) } })).toBe(400);
    expect(await step(typist, { step: 'edit', text })).toBe(200);
    expect(await shown(agent)).toMatchObject(text);
  });

  it('climb in order and come back with a remark', async () => {
    expect(await step(posts['kasubbag-msklip'], { step: 'initial' })).toBe(403);
    expect(await step(posts['pelaksana-msklip'], { step: 'submit' })).toBe(200);
    expect(await step(posts['kabag-hkk'], { step: 'sign' })).toBe(403);
    expect(await step(posts['kasubbag-msklip'], { step: 'return', remark: '' })).toBe(422);
    expect(await step(posts['kasubbag-msklip'], { step: 'return', remark: 'Tambah tanggal.' })).toBe(200);
    expect((await shown(posts['pelaksana-msklip'])).thread.at(-1)).toMatchObject({
      remark: 'Tambah tanggal.',
    });
    expect(await step(posts['pelaksana-msklip'], { step: 'submit' })).toBe(200);
    expect(await step(posts['kasubbag-msklip'], { step: 'initial' })).toBe(200);
    const { way } = await shown(agent);
    expect(way.map(({ post, current, name }) => [post, current, name !== null])).toEqual([
      ['pelaksana-msklip', false, true],
      ['kasubbag-msklip', false, true],
      ['kabag-hkk', true, false],
    ]);
  });

  it('are numbered and printed by the signature, and the addressed unit reads them', async () => {
    const { ask } = posts['kabag-hkk'];
    const { version } = await shown(posts['kabag-hkk']);
    const signed = (
      await ask('POST', `/letters/${letter._id}/steps`, { step: 'sign', version })
    ).json<LetterView>();
    expect(signed).toMatchObject({ state: 'signed', number: 'ND-1/PK.15/2026', allowed: [] });
    expect(signed.files.map(({ name }) => name)).toEqual(['ND-1-PK-15-2026.pdf', 'ND-1-PK-15-2026.docx']);
    const [pdf, docx] = signed.files;
    const download = await member.ask('GET', `/letters/${letter._id}/files/${pdf!.fileId}?inline=1`);
    expect(download.statusCode).toBe(200);
    expect(download.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await member.ask('GET', `/letters/${letter._id}/files/${docx!.fileId}`)).statusCode).toBe(200);
    expect((await stranger.ask('GET', `/letters/${letter._id}/files/${pdf!.fileId}`)).statusCode).toBe(404);
    expect((await member.ask('GET', `/letters/${letter._id}/files/${letter._id}`)).statusCode).toBe(404);
    const office = await server.signedInAs('pengelola', 'administrator');
    for (const who of [agent, office]) {
      expect((await who.ask('GET', `/files/${pdf!.fileId}`)).statusCode).toBe(404);
      expect((await who.ask('GET', `/files/${docx!.fileId}`)).statusCode).toBe(404);
    }
    const asRequest = {
      ...{ step: 'letter', fileId: pdf!.fileId, number: '1/2026', date: '2026-02-27', via: 'email' },
      ...{ addressee: 'Direktur Jenderal', sender: 'Contoh', receivedAt: '2026-02-27T01:00:00Z' },
    };
    const steps = `/appointments/${letter.appointmentId}/steps`;
    expect((await agent.ask('POST', steps, asRequest)).statusCode).toBe(404);
    expect(await idsOf(member, 'signed')).toEqual([letter._id]);
    expect(await idsOf(stranger, 'signed')).toEqual([]);
  });

  it('are listed in pages, what changed last first', async () => {
    const { models, newId } = server.services;
    const { _id, ...rest } = (await models.officialLetters.findById(letter._id).lean())!;
    const made = Array.from({ length: 5 }, (_, index) => ({
      ...{ ...rest, _id: newId(), open: false, number: null, state: 'withdrawn' as const },
      updatedAt: new Date(rest.updatedAt.getTime() + (index % 3) * 1000),
    }));
    await models.officialLetters.insertMany(made);
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await agent.ask('GET', `/letters?view=withdrawn&limit=2${cursor}`)).json<{
        items: { id: string }[];
        next: string | null;
      }>();
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next === null ? '' : `&cursor=${page.next}`;
    } while (cursor !== '');
    const inOrder = made
      .toSorted((a, b) => b.updatedAt.getTime() - a.updatedAt.getTime() || (a._id < b._id ? 1 : -1))
      .map((one) => one._id);
    expect(seen).toEqual(inOrder);
    expect(seen).not.toContain(_id);
    expect((await agent.ask('GET', '/letters?view=signed&cursor=zzz')).statusCode).toBe(400);
  });
});
