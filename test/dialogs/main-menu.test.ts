import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAndTell, resolveAndTell } from '../../src/conversation/close-ticket.js';
import { agreed, createOffice, submitted, twinOf, type Chat, type Office } from '../support/conversation.js';
import { PDF } from '../support/files.js';

let office: Office;
let ready: Chat;
beforeAll(async () => {
  office = await createOffice();
  ready = await agreed(office.chat());
});
afterAll(async () => office.close());

const atMenu = async (): Promise<Chat> => twinOf(office, ready);

describe('the menu', () => {
  it('offers only what works, by number, words and button', async () => {
    for (const way of ['4', 'informasi layanan', 'Informasi']) {
      const chat = await atMenu();
      await chat.says(way);
      chat.expectReply(/Jam layanan/);
    }
    const chat = await atMenu();
    await chat.presses('menu:info');
    chat.expectReply(/Jam layanan/);
  });

  it('says honestly what this chat cannot do, and offers a person', async () => {
    const chat = await atMenu();
    await chat.says('saya mau mengajukan permohonan informasi publik');
    chat.expectReply(/melalui PPID/);
    await chat.presses('command:agent');
    chat.expectReply(/petugas akan membalas/);
  });

  it('offers a person at the third message in a row that is not understood', async () => {
    const chat = await atMenu();
    await chat.says('qwerty', 'zxcvb');
    expect(chat.choices.map(({ id }) => id)).not.toContain('command:agent');
    await chat.says('asdfg');
    chat.expectReply(/ingin berbicara dengan petugas/);
    await chat.presses('command:agent');
    chat.expectReply(/Nomor tiket: \*DJPK/);
  });

  it('takes a file first and asks what it is for', async () => {
    const chat = await atMenu();
    await chat.sendsFile('surat.pdf', PDF);
    chat.expectReply(/sudah saya simpan/);
    await chat.presses('held:consult');
    chat.expectReply(/nama lengkap/);
  });

  it('understands "ya" to its own question about a kept message', async () => {
    const chat = await atMenu();
    await chat.sendsFile('surat.pdf', PDF);
    await chat.says('ya');
    chat.expectReply(/nama lengkap/);
  });

  it.each(['baik', 'ok', 'siap', '👍'])('takes "%s" for a polite nod', async (nod) => {
    const chat = await twinOf(office, await submitted(office.chat()));
    await chat.says(nod);
    chat.expectReply(/^Baik, Bapak\/Ibu\./);
  });

  it('answers thanks', async () => {
    const chat = await atMenu();
    await chat.says('terima kasih banyak');
    chat.expectReply(/Sama-sama/);
  });

  it('switches to English and back', async () => {
    const chat = await atMenu();
    await chat.says('7');
    chat.expectReply(/continue in English/, /How can I help/);
    await chat.says('Bahasa Indonesia');
    chat.expectReply(/Ada yang dapat saya bantu/);
  });
});

describe('a message after the ticket was opened', () => {
  it('is offered as an addition to it, and forwarded on "ya"', async () => {
    const chat = await submitted(office.chat());
    const { number } = await chat.ticket();
    await chat.says('Tambahan: lokasinya di Kecamatan Contoh dan kontraknya bulan Maret');
    chat.expectReply(new RegExp(`masih memiliki tiket \\*${number}\\*`, 'u'));
    await chat.says('ya');
    chat.expectReply(new RegExp(`diteruskan ke petugas untuk tiket \\*${number}\\*`, 'u'));
    expect((await chat.ticket()).unread).toBe(1);
  });

  it('can be a new question instead', async () => {
    const chat = await submitted(office.chat());
    await chat.says('Lalu mengapa dana desa kami juga belum masuk ke rekening kas desa?');
    if (!chat.lastReply.includes('Apakah masih benar')) await chat.presses('held:consult');
    chat.expectReply(/Apakah masih benar\?/);
  });
});

describe('with two open tickets', () => {
  it.each(['closed', 'resolved'] as const)(
    'one that is %s does not make the bot forget the other',
    async (end) => {
      const chat = await submitted(office.chat());
      const first = await chat.ticket();
      await chat.says('konsultasi', 'benar', 'DAU', 'Kapan DAU bulan ini disalurkan?', 'selesai', 'kirim');
      const second = await chat.ticket();
      expect(second._id).not.toBe(first._id);
      const input = {
        number: second.number,
        actor: await office.agent(`agen-${end}`),
        now: office.clock.now(),
      };
      if (end === 'closed') await closeAndTell(office.engine, { ...input, reason: 'Ganda.' });
      else await resolveAndTell(office.engine, { ...input, answer: 'Sudah.', legalBasis: [] });
      await office.time(1);
      expect((await chat.conversation()).openTicketId).toBe(first._id);
    },
  );
});

describe('information about the service', () => {
  it('tells hours, channels, time to answer, and that it is free (R-A7)', async () => {
    const chat = await atMenu();
    await chat.says('4');
    chat.expectReply(/Senin–Jumat|Senin–Kamis/, /WIB/, /150420/, /Tidak dipungut biaya/, /2 hari kerja/);
    chat.expectReply(/petugas sedang bertugas|tutup|istirahat/);
  });

  it('tells the hours and the next opening in the zone of the user as well (R-T1)', async () => {
    const chat = await submitted(office.chat());
    await office.until('2026-03-07T10:00:00+07:00');
    await chat.says('informasi layanan');
    chat.expectReply(/Senin–Kamis 08\.00–12\.00, 13\.00–17\.00 WIB \(09\.00–13\.00, 14\.00–18\.00 WITA\)/);
    chat.expectReply(/buka lagi Senin, 9 Maret 2026 pukul 08\.00 WIB \(09\.00 WITA\)/);
    await office.until('2026-03-09T12:30:00+07:00');
    await chat.says('informasi layanan');
    chat.expectReply(/istirahat sampai pukul 13\.00 WIB \(14\.00 WITA\)/);
  });
});
