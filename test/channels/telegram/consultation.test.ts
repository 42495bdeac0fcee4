import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resolveAndTell } from '../../../src/conversation/close-ticket.js';
import { handBack, takeOver } from '../../../src/conversation/hand-over.js';
import { sendStaffMessage } from '../../../src/conversation/staff-message.js';
import type { Conversation } from '../../../src/models/conversation.js';
import type { Ticket } from '../../../src/models/ticket.js';
import type { Actor } from '../../../src/services/service-context.js';
import { storeFile } from '../../../src/services/files/store-file.js';
import { PDF, PNG } from '../../support/files.js';
import { addStaff } from '../../support/services.js';
import { SARI_ID } from '../../support/telegram-server/person.js';
import { startTelegramOffice, type TelegramOffice } from './office.js';

let office: TelegramOffice;
let rina: Actor;

afterEach(() => office.close());

const said = (): string =>
  office
    .shown()
    .map(({ text, file }) => (file ? `📎 ${file.name} ${text}` : text))
    .join('\n---\n');
const conversation = async (): Promise<Conversation> => {
  const found = await office.services.models.conversations.findOne({ address: String(SARI_ID) }).lean();
  return found!;
};
const ticket = async (): Promise<Ticket> => {
  const found = await office.services.models.tickets.findOne({}).sort({ _id: -1 }).lean();
  return found!;
};

/** From /start to the question. */
async function askedForQuestion(): Promise<void> {
  await office.does((sari) => sari.text('/start'));
  await office.presses('Setuju');
  await office.presses('Konsultasi');
  await office.says('Sari Contoh', 'Kepala Bidang Anggaran', 'BPKAD Kabupaten Gowa', 'sari@contoh.go.id');
  expect(said()).toMatch(/nomor/i);
  const contact = { phone_number: '6281234567890', first_name: 'Sari', user_id: SARI_ID };
  await office.does((sari) => sari.message({ contact }));
  await office.presses('DAK Fisik');
  expect(said()).toMatch(/tuliskan pertanyaannya/);
}

async function submitted(): Promise<void> {
  await askedForQuestion();
  await office.says('Kapan DAK Fisik tahap I disalurkan?', 'selesai');
  expect(said()).toMatch(/Mohon diperiksa/);
  const send = office.shown().at(-1)?.keyboard.flat()[0]?.text ?? '';
  await office.presses(send);
  expect(said()).toMatch(/DJPK-2026-000001/);
}

describe.each(['webhook', 'polling'] as const)('a consultation over Telegram by %s', (mode) => {
  beforeEach(async () => {
    office = await startTelegramOffice(mode);
    rina = await addStaff(office.services, 'rina', 'agent');
  });

  it('goes from /start to the rating, with files both ways (R-A1 to R-A6)', async () => {
    await askedForQuestion();
    await office.says('Kapan DAK Fisik tahap I disalurkan?');
    await office.does((sari) => sari.document('Surat.pdf', PDF, { caption: 'Surat permohonan kami' }));
    await office.says('selesai');
    expect(said()).toMatch(/Surat\.pdf/);
    await office.presses(office.shown().at(-1)?.keyboard.flat()[0]?.text ?? '');
    const { number, profile } = await ticket();
    expect(said()).toContain(number);
    expect(profile.phone).toBe('+6281234567890');

    const { engine, clock, services } = office;
    await takeOver(engine, { number, actor: rina, now: clock.now() });
    await office.time(5);
    expect(said()).toMatch(/rina Contoh/);
    await office.says('Terima kasih, saya tunggu.');
    expect(office.shown()).toEqual([]);

    const now = clock.now();
    const picture = await storeFile(services, {
      content: PNG,
      name: 'jadwal.png',
      conversationId: null,
      now,
    });
    await sendStaffMessage(engine, {
      ...{
        number,
        actor: rina,
        clientId: 'reply-1',
        text: 'Berikut *jadwalnya*.',
        fileIds: [picture.fileId],
        now,
      },
    });
    await office.time(5);
    expect(office.shown()).toMatchObject([
      { text: 'rina Contoh\nBerikut jadwalnya.' },
      { file: { as: 'photo', name: 'jadwal.png' } },
    ]);

    await resolveAndTell(engine, {
      ...{ number, actor: rina, now: clock.now() },
      ...{ answer: 'Tahap I disalurkan paling lambat 31 Juli.', legalBasis: ['PMK Contoh'] },
    });
    await office.time(60);
    expect(said()).toMatch(/Tahap I disalurkan/);
    const minutes = office.shown().find(({ file }) => file?.as === 'document');
    expect(minutes?.file?.bytes.subarray(0, 4).toString()).toBe('%PDF');
    await office.says('5');
    expect(said()).toMatch(/terima kasih/i);
    expect((await ticket()).rating?.score).toBe(5);
  });
});

describe('over Telegram', () => {
  beforeEach(async () => {
    office = await startTelegramOffice('webhook');
    rina = await addStaff(office.services, 'rina', 'agent');
  });

  it('a change of a question that was not sent yet is taken, and shown', async () => {
    await askedForQuestion();
    await office.says('Kapan DAK Fisik tahap I disalurkn?');
    await office.does((sari) => sari.edit('Kapan DAK Fisik tahap I disalurkan?'));
    expect(said()).toMatch(/perubahan[\s\S]*disalurkan\?/);
    await office.does((sari) => sari.edit('Kapan DAK Fisik tahap II disalurkan?'));
    await office.says('selesai');
    expect(said()).toMatch(/tahap II disalurkan/);
    expect(said()).not.toMatch(/tahap I disalurk/);
  });

  it('a change under the summary shows the summary anew', async () => {
    await askedForQuestion();
    await office.says('Kapan DAK Fisik tahap I disalurkan?');
    await office.does((sari) => sari.text('selesai'));
    await office.does((sari) => sari.edit('Kapan DAK Fisik tahap III disalurkan?', 1));
    expect(said()).toMatch(/Mohon diperiksa[\s\S]*tahap III/);
  });

  it('a change of an answer is noted and answers no other question', async () => {
    await office.does((sari) => sari.text('/start'));
    await office.presses('Setuju');
    await office.presses('Konsultasi');
    await office.says('Sari Cntoh');
    await office.does((sari) => sari.edit('Sari Contoh'));
    expect(said()).toMatch(/sudah dicatat/);
    await office.says('Kepala Bidang Anggaran');
    expect((await conversation()).stack.length).toBeGreaterThan(0);
    expect(said()).toMatch(/instansi|pemerintah daerah|satuan kerja/i);
  });

  it('a change after the ticket was opened is seen by the agent', async () => {
    await submitted();
    const before = (await ticket()).unread;
    await office.does((sari) => sari.edit('Kapan DAK Fisik tahap II disalurkan?', 1));
    expect(said()).toMatch(/sudah dicatat/);
    expect((await ticket()).unread).toBe(before + 1);
    const { messages } = office.services.models;
    expect(await messages.countDocuments({ 'content.replaces': { $exists: true } })).toBe(1);
  });

  it('typed numbers, words and buttons mean the same, and a stale button answers nothing', async () => {
    await office.does((sari) => sari.text('/start'));
    const consent = office.shown().at(-1)!;
    await office.says('1');
    await office.says('1');
    expect(said()).toMatch(/nama/i);
    const agree = consent.keyboard.flat().find(({ callback_data: data }) => data === 'consent:yes')!;
    await office.does((sari) => sari.pressOf(agree.callback_data, consent));
    expect(office.shown()).toEqual([]);
    await office.telegram.stop();
    expect(office.server.callsOf('answerCallbackQuery').at(-1)?.text).toMatch(/tidak berlaku/);
  });

  it('what cannot be read is answered politely', async () => {
    await office.does((sari) => sari.text('/start'));
    await office.presses('Setuju');
    await office.does((sari) => sari.message({ sticker: { file_id: 's' } }));
    expect(said()).toMatch(/Stiker/);
    await office.does((sari) => sari.message({ voice: { file_id: 'v', duration: 3 } }));
    expect(said()).toMatch(/jenis pesan ini/);
    await office.does((sari) => sari.message({ location: { latitude: 1, longitude: 2 } }));
    expect(said()).toMatch(/Lokasi/);
    await office.does((sari) => sari.document('program.exe', Buffer.from('MZ')));
    expect(said()).toMatch(/program\.exe/);
  });

  it('the mail with the minutes links back to the ticket, for its own user only', async () => {
    await submitted();
    const { engine, clock, server } = office;
    const { number } = await ticket();
    await takeOver(engine, { number, actor: rina, now: clock.now() });
    const answer = 'Paling lambat 31 Juli.';
    await resolveAndTell(engine, { number, actor: rina, now: clock.now(), answer, legalBasis: [] });
    await office.time(120);
    const [, payload] =
      /https:\/\/t\.me\/dering_contoh_bot\?start=(\S+)/.exec(office.mails[0]?.text ?? '') ?? [];
    expect(payload).toMatch(/^[\w-]{1,64}$/);
    await office.says('rate-skip', 'menu');
    await office.does((sari) => sari.text(`/start ${payload}`));
    expect(said()).toContain(number);
    expect(said()).toMatch(/31 Juli/);

    // A stranger with the same link, and its owner with a forged one.
    const stranger = { id: 42, is_bot: false, first_name: 'Budi' };
    const chat = { id: 42, type: 'private' };
    for (const [index, text] of ['/start', 'setuju', `/start ${payload}`].entries()) {
      const message = { message_id: 7_000 + index, from: stranger, chat, date: 1_772_420_400, text };
      await office.does(() => ({ update_id: 990_000 + index, message }));
    }
    const strangersView = server.sentTo(42).map(({ text }) => text);
    expect(strangersView.at(-1)).not.toMatch(/31 Juli|DAK/);
    expect(strangersView.join('\n')).toMatch(/tidak (ditemukan|menemukan)|belum menemukan/i);
    const forged = `${payload?.slice(0, -1)}${payload?.endsWith('A') ? 'B' : 'A'}`;
    await office.does((sari) => sari.text(`/start ${forged}`));
    expect(said()).not.toMatch(/31 Juli/);
  });

  it('a user who has blocked the bot is marked unreachable, and no longer when they come back', async () => {
    await submitted();
    const { engine, clock, server } = office;
    const { number } = await ticket();
    await takeOver(engine, { number, actor: rina, now: clock.now() });
    await office.time(5);
    server.state.blockedBy.add(SARI_ID);
    const reply = { number, actor: rina, clientId: 'reply-1', text: 'Apakah masih di sana?' };
    const [line] = await sendStaffMessage(engine, { ...reply, now: clock.now() });
    await office.time(5);
    const stored = await office.services.models.messages.findById(line?._id).lean();
    expect(stored?.delivery).toMatchObject({ state: 'failed', reason: 'recipient-blocked', attempts: 1 });
    expect((await conversation()).unreachableAt).not.toBeNull();
    server.state.blockedBy.clear();
    await office.does((sari) => sari.membership('member'));
    expect((await conversation()).unreachableAt).toBeNull();
    await handBack(engine, { number, actor: rina, now: clock.now() });
  });

  it('nothing is lost while Telegram takes nothing: the bot goes on, and answers arrive in order', async () => {
    await office.does((sari) => sari.text('/start'));
    office.server.fails('sendMessage', { code: 429, parameters: { retry_after: 20 } });
    await office.presses('Setuju');
    expect(office.shown()).toEqual([]);
    await office.time(60);
    expect(said()).toMatch(/Terima kasih[\s\S]*Ada yang dapat saya bantu/);
  });

  it('keeps no token in anything that is stored', async () => {
    await submitted();
    const secret = office.server.token.split(':')[1] ?? '';
    const { models } = office.services;
    const stored = await Promise.all(
      [
        models.messages,
        models.conversations,
        models.settings,
        models.tickets,
        models.files,
        models.serviceEvents,
      ].map((collection) => collection.collection.find({}).toArray()),
    );
    expect(stored.flat().length).toBeGreaterThan(10);
    expect(JSON.stringify(stored)).not.toContain(secret);
  });
});
