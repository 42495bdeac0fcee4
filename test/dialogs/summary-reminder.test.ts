import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOffice, summarised, twinOf, type Chat, type Office } from '../support/conversation.js';

let office: Office;
let reviewing: Chat;
beforeAll(async () => {
  office = await createOffice();
  reviewing = await summarised(office.chat());
});
afterAll(async () => office.close());

/** A person who has just been shown the summary. */
async function atSummary(): Promise<Chat> {
  const chat = await twinOf(office, reviewing);
  await chat.says('bantuan');
  chat.expectReply(/Mohon diperiksa/);
  return chat;
}

describe('a summary left standing', () => {
  it('is brought to mind once after 15 minutes, with the same choices, and never again', async () => {
    const chat = await atSummary();
    const offered = chat.choices;
    await chat.time(14 * 60);
    chat.expectSilence();
    await chat.time(2 * 60);
    expect(chat.replies).toEqual([expect.stringMatching(/belum dikirim/)]);
    expect(chat.choices).toEqual(offered);
    await chat.time(24 * 3600);
    chat.expectSilence();
    await chat.presses('send');
    expect(await chat.tickets()).toHaveLength(1);
  });

  it('is not mentioned again after it was changed once the reminder was given', async () => {
    const chat = await atSummary();
    await chat.time(16 * 60);
    await chat.presses('change');
    await chat.presses('change:name');
    await chat.says('Siti Contoh');
    chat.expectReply(/Mohon diperiksa/);
    await chat.time(3600);
    chat.expectSilence();
  });

  it('that was sent or dropped is not brought to mind', async () => {
    for (const choice of ['send', 'cancel']) {
      const chat = await atSummary();
      await chat.presses(choice);
      await chat.time(3600);
      chat.expectSilence();
    }
  });
});
