import { afterAll, beforeAll, expect, it } from 'vitest';
import { proposeSessions } from '../../../src/services/appointments/propose-sessions.js';
import { agreed, createOffice, WHO_I_AM, type Chat, type Office } from '../../support/conversation.js';
import { PDF } from '../../support/files.js';

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(async () => office.close());

/** From "halo" to the question who comes. */
async function held(): Promise<Chat> {
  const chat = await agreed(office.chat());
  await chat.says('mau kunjungan', WHO_I_AM, 'penyaluran DAK Fisik tahap I', 'ya');
  const caption = 'No. 900/12 tanggal 24 Februari 2026 dari Bupati Gowa kepada Dirjen PK';
  await chat.sendsFile('surat.pdf', PDF, caption);
  await chat.says('Jumat jam 9');
  chat.expectReply(/Siapa saja yang akan datang/);
  return chat;
}

it('whoever drops a request that the office has is told what stands, and what a cancellation costs (R-C6)', async () => {
  const chat = await held();
  await chat.says('gak jadi deh');
  chat.expectReply(/sudah tercatat/, /suratnya dapat dipakai lagi/);
  await chat.presses('leave:later');
  chat.expectReply(/jadwal saya/);
  const appointments = await office.services.models.appointments.find({}).lean();
  expect(appointments).toMatchObject([{ state: 'planning', held: null }]);
  // It can be gone on with, and beside a person the bot only tells what the office offers.
  await chat.says('jadwal saya');
  await chat.presses('my:time');
  await chat.says('Jumat jam 9', 'hanya saya');
  chat.expectReply(/1\. Sari Contoh, Kepala Bidang Anggaran/);
  const { _id: conversationId } = await chat.conversation();
  await office.services.models.conversations.updateOne(
    { _id: conversationId },
    { $set: { holder: 'staff' } },
  );
  const actor = await office.agent('rani');
  const startsAts = [new Date('2026-03-11T09:00:00+07:00')];
  const id = appointments[0]?._id ?? '';
  await proposeSessions(office.services, { id, startsAts, actor, now: office.clock.now() });
  await chat.time(10);
  chat.expectReply(/menawarkan waktu[^]*• Rabu, 11 Maret 2026 pukul 09\.00–10\.00 WIB/);
  expect(chat.choices).toEqual([]);
});
