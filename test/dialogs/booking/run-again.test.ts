import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideTurn, type Trigger } from '../../../src/conversation/turn.js';
import { dialogSet } from '../../../src/dialogs/index.js';
import type { Appointment } from '../../../src/models/appointment.js';
import type { Content } from '../../../src/models/message.js';
import { agreed, createOffice, type Chat, type Office, WHO_I_AM } from '../../support/conversation.js';
import { PDF } from '../../support/files.js';

let office: Office;
let files = 0;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(async () => office.close());

const LETTER = 'No. 900/12 tanggal 24 Februari 2026 dari Bupati Gowa kepada Dirjen PK';

/** From "halo" to the question for the letter. */
async function withoutLetter(region = 'Gowa'): Promise<Chat> {
  const chat = await agreed(office.chat());
  await chat.says('mau kunjungan', WHO_I_AM.replace('Gowa', region), 'penyaluran DAK Fisik tahap I', 'ya');
  chat.expectReply(/Surat Permintaan/);
  return chat;
}

async function letterFile(chat: Chat): Promise<Content> {
  files += 1;
  const bytes = Buffer.concat([PDF, Buffer.from(`%${files}`)]);
  return await chat.stored('surat.pdf', bytes, LETTER.replace('900', `9${files}`));
}

/** Decides the same turn twice on the same conversation, as after a crash. @returns what it says each time */
async function twice(chat: Chat, content: Content): Promise<[string[], string[]]> {
  const conversation = await chat.conversation();
  const now = office.clock.now();
  const trigger: Trigger = { _id: `again-${now.getTime()}-${files}`, content, receivedAt: now, sentAt: now };
  const { capabilities } = office.webChat;
  const said: string[][] = [];
  for (let run = 0; run < 2; run += 1) {
    const { outgoing } = await decideTurn(
      dialogSet,
      office.services,
      structuredClone(conversation),
      trigger,
      capabilities,
      now,
    );
    said.push(outgoing.map((entry) => (entry.content.kind === 'text' ? entry.content.text : '')));
  }
  return [said[0] ?? [], said[1] ?? []];
}

async function booking(chat: Chat): Promise<Appointment[]> {
  const { _id: conversationId } = await chat.conversation();
  return office.services.models.appointments.find({ conversationId }).lean();
}

async function toSummary(startsAt: string): Promise<Chat> {
  const chat = await withoutLetter();
  await chat.sends((await letterFile(chat)) as Parameters<Chat['sends']>[0]);
  await chat.says(startsAt, 'saya sendiri dan Budi Contoh, Kasubbag');
  chat.expectReply(/Mohon diperiksa/);
  return chat;
}

describe('a turn that is run again changes nothing twice', () => {
  it('when the request is made', async () => {
    const chat = await withoutLetter();
    const [first, second] = await twice(chat, await letterFile(chat));
    expect(first).toEqual(second);
    expect(first.join('\n')).toMatch(/tercatat dengan nomor tiket/);
    expect(await booking(chat)).toMatchObject([{ state: 'planning', thread: [{ step: 'request' }] }]);
    expect(await chat.tickets()).toHaveLength(1);
  });

  it('when a time is held, guests are named and it is confirmed', async () => {
    const chat = await toSummary('Jumat jam 9');
    const [first, second] = await twice(chat, { kind: 'text', text: 'ya' });
    expect(first).toEqual(second);
    expect(first.join('\n')).toMatch(/Terjadwal/);
    const [appointment] = await booking(chat);
    expect(appointment?.thread.map(({ step }) => step)).toEqual(['request', 'guests', 'book']);
  });

  it('when it is moved, and when it is cancelled (R-C6)', async () => {
    const chat = await toSummary('9 Maret jam 10');
    await chat.says('ya', 'batalkan kunjungan');
    chat.expectReply(/memerlukan surat permintaan baru/);
    const [first, second] = await twice(chat, { kind: 'choice', choice: 'cancel:yes', text: 'Ya, batalkan' });
    expect(first).toEqual(second);
    expect(first.join('\n')).toMatch(/sudah dibatalkan/);
    const [appointment] = await booking(chat);
    expect(appointment).toMatchObject({ state: 'cancelled', agreed: null });
    expect(appointment?.thread.filter(({ step }) => step === 'cancel')).toHaveLength(1);
    expect(appointment?.claims).toBeUndefined();
  });
});

describe('two people in the chat', () => {
  it('who want the same time: one holds it, the other hears so with the next free ones (R-C3)', async () => {
    const [one, two] = [await withoutLetter('Maros'), await withoutLetter('Bone')];
    for (const chat of [one, two]) await chat.sends((await letterFile(chat)) as Parameters<Chat['sends']>[0]);
    const offered = (await two.conversation()).offered?.choices ?? [];
    const wanted = offered.find(({ id }) => id.startsWith('session:'));
    await one.presses(wanted?.id ?? '');
    one.expectReply(/saya tahan sampai/);
    await two.presses(wanted?.id ?? '');
    two.expectReply(/baru saja diambil orang lain/, /masih kosong/);
    expect(two.choices.map(({ id }) => id)).not.toContain(wanted?.id);
  });
});
