import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { createOffice, type Chat, type Office } from '../support/conversation.js';

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(async () => office.close());

async function greeted(): Promise<Chat> {
  const chat = office.chat();
  await chat.says('halo');
  return chat;
}

async function facts(chat: Chat): Promise<string[]> {
  const { _id: conversationId } = await chat.conversation();
  const found = await office.services.models.serviceEvents.find({ conversationId }).sort({ _id: 1 }).lean();
  return found.map(({ name }) => name);
}

describe('consent by UU 27/2022', () => {
  it.each(['setuju', 'Setuju', 'saya setuju', 'ya', 'oke', '1'])(
    'is given by "%s", once per contact',
    async (word) => {
      const chat = await greeted();
      await chat.says(word);
      chat.expectReply(/persetujuan sudah dicatat/);
      await chat.says('halo');
      expect(chat.replies.join()).not.toMatch(/UU 27/);
      expect(await facts(chat)).toEqual(['consent-given']);
    },
  );

  it.each(['tidak setuju', 'saya tidak setuju', 'tidak', '2'])(
    'refused by "%s" is respected, and can be given later',
    async (word) => {
      const chat = await greeted();
      await chat.says(word);
      chat.expectReply(/menghormati pilihan/, /150420/);
      expect((await chat.conversation()).consentAt).toBeNull();
      await chat.says('setuju');
      chat.expectReply(/persetujuan sudah dicatat/, /Ada yang dapat saya bantu/);
      expect(await facts(chat)).toEqual(['consent-refused', 'consent-given']);
    },
  );

  it('is still needed after reading about the service', async () => {
    const chat = await greeted();
    await chat.says('tidak setuju');
    await chat.presses('menu:info');
    chat.expectReply(/Jam layanan/, /apakah Bapak\/Ibu setuju/);
    await chat.says('konsultasi');
    expect(chat.replies.join()).not.toMatch(/nama lengkap/);
    chat.expectReply(/setuju/);
    await chat.says('setuju');
    chat.expectReply(/persetujuan sudah dicatat/);
  });

  it.each(['menu', 'kembali', 'batal', 'selesai'])('is not circumvented by "%s"', async (word) => {
    const chat = await greeted();
    await chat.says(word);
    chat.expectReply(/setuju/);
    await chat.says('setuju');
    chat.expectReply(/Ada yang dapat saya bantu/);
    expect(chat.replies.join()).not.toMatch(/Pesan Bapak\/Ibu sudah saya simpan/);
  });

  it('can be read in English', async () => {
    const chat = await greeted();
    await chat.says('english');
    chat.expectReply(/continue in English/, /Do you agree\?/);
    await chat.says('I agree');
    chat.expectReply(/How can I help/);
  });

  it('asked for does not lose what was written: it becomes the question', async () => {
    const chat = await greeted();
    await chat.says('Mengapa kurang bayar DBH tahun lalu belum disalurkan ke daerah kami?');
    chat.expectReply(/Pesan Bapak\/Ibu saya simpan dulu/);
    await chat.says('setuju');
    if (!chat.lastReply.includes('nama lengkap')) await chat.presses('held:consult');
    chat.expectReply(/nama lengkap/);
    expect(JSON.stringify((await chat.conversation()).stack)).toContain('Mengapa kurang bayar DBH');
  });

  it('says so when what is written meanwhile no longer fits, however quickly it comes', async () => {
    const chat = await greeted();
    const bubbles = ['a', 'b', 'c'].map((letter) =>
      chat.message({ kind: 'text', text: letter.repeat(8000) }),
    );
    for (const bubble of bubbles) await receiveMessage(office.engine, bubble);
    await office.time(1);
    const heard = office.webChat.textsTo(chat.address).join('\n');
    expect(heard).toMatch(/pesan terakhir ini belum tersimpan/);
    const stack = JSON.stringify((await chat.conversation()).stack);
    expect(stack).toContain('bbbb');
    expect(stack).not.toContain('cccc');
    expect(chat.choices.map(({ id }) => id)).toContain('consent:yes');
  });

  it('comes before a person too: the wish is kept, and the person called as soon as it is given', async () => {
    const chat = office.chat();
    await chat.says('petugas');
    chat.expectReply(/Saya Dering/, /petugas akan saya panggilkan/, /UU 27\/2022/, /setuju\?/);
    expect(await chat.tickets()).toEqual([]);
    await chat.says('setuju');
    chat.expectReply(/persetujuan sudah dicatat/, /petugas akan membalas di percakapan ini/);
    expect(await chat.ticket()).toMatchObject({ kind: 'assistance', status: 'open' });
  });

  it.each(['petugas', 'Halo, saya mau bicara dengan petugas'])(
    'is asked again when "%s" is the answer to it, with the telephone number for those who refuse',
    async (text) => {
      const chat = await greeted();
      await chat.says(text);
      chat.expectReply(/petugas akan saya panggilkan[^]*setuju/);
      await chat.presses('consent:no');
      chat.expectReply(/menghormati pilihan/, /150420/);
      expect(await chat.tickets()).toEqual([]);
      await chat.says('setuju');
      chat.expectReply(/petugas akan membalas/);
    },
  );
});

describe('the greeting', () => {
  it.each([
    ['2026-03-03T08:00:00+07:00', /^Selamat pagi/],
    ['2026-03-03T11:00:00+07:00', /^Selamat siang/],
    ['2026-03-03T15:00:00+07:00', /^Selamat sore/],
    ['2026-03-03T18:30:00+07:00', /^Selamat malam/],
  ])('at %s', async (moment, greeting) => {
    await office.until(moment);
    const chat = await greeted();
    chat.expectReply(greeting);
  });
});
