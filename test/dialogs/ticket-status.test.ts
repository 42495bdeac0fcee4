import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAndTell, resolveAndTell } from '../../src/conversation/close-ticket.js';
import { claimTicket } from '../../src/services/tickets/claim-ticket.js';
import { agreed, createOffice, submitted, type Chat, type Office } from '../support/conversation.js';

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(async () => office.close());

describe('the status of a ticket', () => {
  it('is told with number, topic, receipt and the date of the answer', async () => {
    const chat = await submitted(office.chat());
    const { number } = await chat.ticket();
    await chat.says('status tiket');
    chat.expectReply(new RegExp(`\\*${number}\\* · DAK Fisik`, 'u'), /Diterima: Senin, 2 Maret 2026/);
    chat.expectReply(/menunggu petugas\. Jawaban paling lambat Rabu, 4 Maret 2026 pukul 17\.00 WIB/);
    const actor = await office.agent('dewi');
    await claimTicket(office.services, { number, actor, now: office.clock.now() });
    await chat.says(`sampai mana ${number}?`);
    chat.expectReply(/sedang ditangani dewi Contoh/);
  });

  it('of somebody else is as unknown as one that does not exist', async () => {
    const { number } = await (await submitted(office.chat())).ticket();
    const stranger = await agreed(office.chat());
    await stranger.says(`status ${number}`);
    stranger.expectReply(`Tiket ${number} tidak ditemukan atas nama Bapak/Ibu.`);
    await stranger.says('status DJPK-2026-999999');
    stranger.expectReply('Tiket DJPK-2026-999999 tidak ditemukan atas nama Bapak/Ibu.');
  });

  it('without a ticket says so', async () => {
    const chat = await agreed(office.chat());
    await chat.says('3');
    chat.expectReply(/Belum ada tiket/);
  });

  it('of several lets the user choose, keeps the list after "bantuan", and goes back to the menu', async () => {
    const chat = await submitted(office.chat());
    await chat.says('konsultasi', 'benar', 'Dana Desa', 'Kapan tahap dua disalurkan?', 'selesai', '1');
    await chat.says('status tiket');
    chat.expectReply(/Tiket yang mana\?/);
    expect(chat.choices).toHaveLength(2);
    await chat.says('bantuan', '2');
    chat.expectReply(/DAK Fisik/);
    await chat.says('status tiket', 'kembali');
    chat.expectReply(/Ada yang dapat saya bantu/);
  });
});

describe('a ticket that has ended', () => {
  async function ended(end: 'resolved' | 'closed'): Promise<Chat> {
    const chat = await submitted(office.chat());
    const { number } = await chat.ticket();
    const input = { number, actor: await office.agent(`agen-${end}`), now: office.clock.now() };
    if (end === 'closed') await closeAndTell(office.engine, { ...input, reason: 'Pertanyaan ganda.' });
    else await resolveAndTell(office.engine, { ...input, answer: 'Februari.', legalBasis: ['PMK contoh'] });
    await office.time(1);
    await chat.says('menu', 'status tiket');
    return chat;
  }

  it('resolved shows its answer and sends the BAK again', async () => {
    const chat = await ended('resolved');
    chat.expectReply(/selesai dijawab/, /Februari\.\s+\*Dasar hukum\*\s+• PMK contoh/, /📎 BAK-.*\.pdf/);
  });

  it('closed shows the reason and what to do next', async () => {
    const chat = await ended('closed');
    chat.expectReply(/ditutup .*Keterangan petugas: Pertanyaan ganda\./, /ketik \*menu\* atau \*petugas\*/);
  });
});
