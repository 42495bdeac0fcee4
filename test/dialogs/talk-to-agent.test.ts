import { afterEach, describe, expect, it } from 'vitest';
import { resolveAndTell, closeAndTell } from '../../src/conversation/close-ticket.js';
import { handBack, takeOver } from '../../src/conversation/hand-over.js';
import { FALLBACK_TOPIC } from '../../src/dialogs/talk-to-agent/fallback-topic.js';
import { agreed, asked, createOffice, submitted, type Chat, type Office } from '../support/conversation.js';
import { SARI } from '../support/tickets.js';

let office: Office;
afterEach(async () => office.close());

async function officeAt(moment: string): Promise<Chat> {
  office = await createOffice({ now: new Date(moment) });
  return agreedQuietly(office.chat());
}

async function agreedQuietly(chat: Chat): Promise<Chat> {
  await chat.says('halo', 'setuju');
  return chat;
}

describe('asking for a person', () => {
  it.each([
    ['in office hours', '2026-03-02T10:00:00+07:00', /petugas akan membalas di percakapan ini/],
    [
      'on Friday at 17.59',
      '2026-03-06T17:59:00+07:00',
      /di luar jam layanan.*mulai Senin, 9 Maret 2026 pukul 08\.00 WIB/,
    ],
    ['at lunch', '2026-03-02T12:35:00+07:00', /istirahat sampai pukul 13\.00 WIB, lalu membalas/],
    ['on Sunday', '2026-03-08T10:00:00+07:00', /mulai Senin, 9 Maret 2026 pukul 08\.00 WIB/],
    ['at Lebaran 2026', '2026-03-21T10:00:00+07:00', /di luar jam layanan.*mulai Rabu, 25 Maret 2026/],
  ])('%s says honestly when somebody answers (R-T2, R-T3)', async (_when, moment, reply) => {
    const chat = await officeAt(moment);
    await chat.says('petugas');
    chat.expectReply(reply, /DJPK-2026-000001/);
    expect(await chat.ticket()).toMatchObject({ kind: 'assistance', status: 'open' });
  });

  it('passes on what is written meanwhile, saying so once', async () => {
    const chat = await officeAt('2026-03-02T10:00:00+07:00');
    await chat.says('petugas', 'Saya tidak bisa masuk SIKD.');
    chat.expectReply(/Sudah diteruskan/);
    await chat.says('Sejak kemarin.');
    chat.expectSilence();
    expect((await chat.ticket()).unread).toBe(2);
  });

  it('twice is one request', async () => {
    const chat = await officeAt('2026-03-02T10:00:00+07:00');
    await chat.says('petugas', 'menu', 'petugas');
    expect(await chat.tickets()).toHaveLength(1);
  });

  it('without a topic goes to the one meant for it, whatever an administrator puts last or takes away', async () => {
    const chat = await officeAt('2026-03-02T10:00:00+07:00');
    const { models, reference } = office.services;
    await models.topics.updateOne({ _id: FALLBACK_TOPIC }, { $set: { active: false } });
    await reference.reload();
    await chat.says('petugas');
    expect(await chat.ticket()).toMatchObject({ topicCode: FALLBACK_TOPIC, unitCode: 'sekretariat' });
  });

  it('"batal" leaves without claiming that nothing was sent', async () => {
    const chat = await officeAt('2026-03-02T10:00:00+07:00');
    await chat.says('petugas', 'batal');
    chat.expectReply(/tetap ada di antrean/, /Ada yang dapat saya bantu/);
    expect(chat.replies.join()).not.toMatch(/Tidak ada yang dikirim/);
  });

  it('in the middle of a form keeps the form', async () => {
    office = await createOffice();
    const chat = await asked(office.chat());
    await chat.says('petugas', 'kembali');
    chat.expectReply(/tuliskan pertanyaannya/);
  });

  it('tells the user once that a person has joined and the assistant falls silent', async () => {
    const chat = await officeAt('2026-03-02T10:00:00+07:00');
    await chat.says('petugas');
    const actor = await office.agent('sari');
    const hand = { number: (await chat.ticket()).number, actor, now: office.clock.now() };
    await takeOver(office.engine, hand);
    await takeOver(office.engine, hand);
    await office.time(1);
    const joined = office.webChat.textsTo(chat.address).filter((text) => text.includes('bergabung'));
    expect(joined).toEqual([`Petugas ${actor.name} bergabung; asisten berhenti menjawab.`]);
  });

  it('handed back, the user is not told to wait in a queue', async () => {
    const chat = await officeAt('2026-03-02T10:00:00+07:00');
    await chat.says('petugas');
    const hand = {
      number: (await chat.ticket()).number,
      actor: await office.agent('sari'),
      now: office.clock.now(),
    };
    await takeOver(office.engine, hand);
    await chat.says('Bagaimana caranya?');
    chat.expectSilence();
    const heard = office.webChat.textsTo(chat.address).length;
    await handBack(office.engine, hand);
    await office.time(1);
    const told = office.webChat.textsTo(chat.address).slice(heard).join('\n');
    expect(told).toMatch(/Petugas sudah selesai[^]*Ada yang dapat saya bantu/);
    expect(told).not.toMatch(/antrean/);
  });

  it.each(['resolved', 'closed'] as const)('whose ticket is %s ends there', async (end) => {
    const chat = await officeAt('2026-03-02T10:00:00+07:00');
    await chat.says('petugas');
    const { number } = await chat.ticket();
    const actor = await office.agent('sari');
    // A BAK states who asked what: the agent has filled it in.
    const complete = { question: 'Bagaimana masuk ke SIKD?', profile: SARI };
    await office.services.models.tickets.updateOne({ number }, { $set: complete });
    const input = { number, actor, now: office.clock.now() };
    if (end === 'closed')
      await closeAndTell(office.engine, { ...input, reason: 'Sudah terjawab lewat telepon.' });
    else {
      const known = { question: 'Bagaimana mengatur ulang sandi?', 'profile.name': 'Sari Contoh' };
      await office.services.models.tickets.updateOne({ number }, { $set: known });
      await resolveAndTell(office.engine, { ...input, answer: 'Silakan atur ulang sandi.', legalBasis: [] });
    }
    await office.time(1);
    if (end === 'resolved') await chat.says('5', 'lewati');
    await chat.says('terima kasih');
    const told = office.webChat.textsTo(chat.address).join('\n');
    expect(told).not.toMatch(/ada di antrean/);
    chat.expectReply(/Sama-sama/);
  });
});

describe('a ticket opened outside hours', () => {
  it.each([
    [
      'on Friday at 17.59',
      '2026-03-06T17:50:00+07:00',
      /dihitung diterima Senin, 9 Maret 2026 pukul 08\.00 WIB/,
      /Rabu, 11 Maret 2026 pukul 17\.00/,
    ],
    [
      'on Sunday',
      '2026-03-08T10:00:00+07:00',
      /dihitung diterima Senin, 9 Maret 2026/,
      /Rabu, 11 Maret 2026 pukul 17\.00/,
    ],
    [
      'before Lebaran',
      '2026-03-17T19:00:00+07:00',
      /di luar jam layanan; tiket dihitung diterima Rabu, 25 Maret 2026/,
      /Jumat, 27 Maret 2026/,
    ],
  ])('%s says from when it counts and when the answer is due (R-T4)', async (_when, moment, counted, due) => {
    office = await createOffice({ now: new Date(moment) });
    const chat = await submitted(office.chat());
    chat.expectReply(counted, due);
  });

  it('but at lunch says when a person is back, and nothing of being outside hours', async () => {
    office = await createOffice({ now: new Date('2026-03-03T12:20:00+07:00') });
    const chat = await submitted(office.chat());
    chat.expectReply(/istirahat sampai pukul 13\.00 WIB \(14\.00 WITA\)/);
    expect(chat.replies.join()).not.toMatch(/di luar jam|dihitung diterima/);
  });

  it('but in hours says nothing of it', async () => {
    office = await createOffice();
    const chat = await submitted(await agreed(office.chat()).then(() => office.chat()));
    expect(chat.replies.join()).not.toMatch(/di luar jam/);
  });
});
