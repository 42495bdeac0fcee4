import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveAndTell } from '../../src/conversation/close-ticket.js';
import type { Actor } from '../../src/services/service-context.js';
import { createOffice, submitted, type Chat, type Office } from '../support/conversation.js';

let office: Office;
let actor: Actor;
beforeAll(async () => {
  office = await createOffice();
  actor = await office.agent('sari');
});
afterAll(async () => office.close());

async function answered(lead: (chat: Chat) => Promise<void> = () => Promise.resolve()): Promise<Chat> {
  const chat = await submitted(office.chat());
  const { number } = await chat.ticket();
  await lead(chat);
  const now = office.clock.now();
  await resolveAndTell(office.engine, { number, actor, answer: 'Februari.', legalBasis: [], now });
  await office.time(1);
  return chat;
}

async function rating(chat: Chat): Promise<unknown> {
  return (await chat.tickets())[0]?.rating;
}

describe('the rating after an answer', () => {
  it('takes a score and a comment', async () => {
    const chat = await answered();
    await chat.says('5');
    chat.expectReply(/Ada saran untuk kami\?/);
    await chat.says('Bagaimana kalau jam bukanya sampai malam?');
    chat.expectReply(/penilaian dan saran Bapak\/Ibu sudah kami catat/);
    expect(await rating(chat)).toMatchObject({
      score: 5,
      comment: 'Bagaimana kalau jam bukanya sampai malam?',
    });
  });

  it('is taken in words, without a comment', async () => {
    const chat = await answered();
    await chat.says('sangat puas', 'lewati');
    chat.expectReply(/penilaian Bapak\/Ibu sudah kami catat/);
    expect(await rating(chat)).toMatchObject({ score: 5, comment: null });
  });

  it('may be skipped', async () => {
    const chat = await answered();
    await chat.says('lewati');
    chat.expectReply(/Terima kasih sudah berkonsultasi/);
    expect(await rating(chat)).toBeNull();
  });

  it.each(['batal', 'kembali'])('is left by "%s" with a word', async (word) => {
    const chat = await answered();
    await chat.says(word);
    expect(chat.replies.length).toBeGreaterThan(0);
    expect(chat.replies.join()).not.toMatch(/dibatalkan/);
  });

  it('ignored gives way to a new matter', async () => {
    const chat = await answered();
    await chat.says('saya mau konsultasi lagi');
    chat.expectReply(/Apakah masih benar\?/);
    expect(await rating(chat)).toBeNull();
  });

  it('interrupts a form for a moment; the form goes on', async () => {
    const chat = await answered(async (asking) => {
      await asking.says('konsultasi', 'ubah data', 'telepon');
      asking.expectReply(/telepon yang benar/);
    });
    await chat.says('4', 'lewati');
    chat.expectReply(/penilaian Bapak\/Ibu sudah kami catat/, /telepon yang benar/);
    await chat.says('0813 0000 1111');
    chat.expectReply(/Tentang apa/);
  });

  it('ignored in the middle of a question leaves the question as it was', async () => {
    const chat = await answered(async (asking) => {
      await asking.says('konsultasi', 'benar', 'Dana Desa', 'Kapan tahap dua disalurkan?');
    });
    await chat.says('Dan tahap tiga?', 'selesai', '1');
    expect((await chat.ticket()).question).toBe('Kapan tahap dua disalurkan?\nDan tahap tiga?');
  });
});
