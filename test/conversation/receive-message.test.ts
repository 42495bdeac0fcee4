import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { asked, createOffice, type Chat, type Office } from '../support/conversation.js';

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(async () => office.close());

const numbers = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `Bagian ${index + 1}.`);

/** Hands all texts over at once, as a platform does after an outage. */
async function burst(chat: Chat, texts: readonly string[]): Promise<void> {
  const received = texts.map((text) => receiveMessage(office.engine, chat.message({ kind: 'text', text })));
  await Promise.all(received);
  await office.engine.queue.idle();
}

describe('a message delivered more than once', () => {
  it('has one effect, however many copies arrive at the same time', async () => {
    const chat = await asked(office.chat());
    const message = chat.message({ kind: 'text', text: 'Kapan DAU disalurkan?' });
    const receipts = await Promise.all(
      Array.from({ length: 10 }, async () => receiveMessage(office.engine, message)),
    );
    await office.time(1);
    expect(receipts.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    expect(new Set(receipts.map(({ messageId }) => messageId)).size).toBe(1);
    await chat.says('selesai', '1');
    expect((await chat.ticket()).question).toBe('Kapan DAU disalurkan?');
  });

  it('is not taken for another one when accounts or channels share an id', async () => {
    const [web, whatsapp] = [office.chat(), office.chat({ channel: 'whatsapp' })];
    for (const chat of [web, whatsapp])
      await chat.sends({ kind: 'text', text: 'halo' }, { providerId: 'same' });
    web.expectReply(/Selamat pagi/);
    whatsapp.expectReply(/Selamat pagi/);
  });
});

describe('a burst of bubbles', () => {
  it('as the very first contact opens one conversation and keeps every bubble in the order of arrival', async () => {
    const chat = office.chat();
    const texts = numbers(20);
    await burst(chat, texts);
    expect(await office.services.models.conversations.countDocuments({ address: chat.address })).toBe(1);
    const { _id } = await chat.conversation();
    const stored = await office.services.models.messages
      .find({ conversationId: _id, direction: 'in' })
      .sort({ _id: 1 })
      .lean();
    expect(stored.map(({ content }) => content.kind === 'text' && content.text)).toEqual(texts);
    expect(stored.every(({ pending }) => !pending)).toBe(true);
  });

  it('before consent becomes one ticket with all parts in order', async () => {
    const chat = office.chat();
    const texts = numbers(20);
    await burst(chat, texts);
    await chat.says('setuju');
    await chat.presses('held:consult');
    await chat.says('Sari Contoh', 'Kepala Bidang', 'BPKAD Kabupaten Gowa', 'sari@contoh.go.id', 'tidak ada');
    await chat.says('DAK Fisik', 'selesai', '1');
    const tickets = await chat.tickets();
    expect(tickets.map(({ question }) => question)).toEqual([texts.join('\n')]);
  });

  it('during the question becomes one ticket with all parts in order', async () => {
    const chat = await asked(office.chat());
    const texts = numbers(20);
    await burst(chat, texts);
    await chat.says('selesai', '1');
    const tickets = await chat.tickets();
    expect(tickets.map(({ question }) => question)).toEqual([texts.join('\n')]);
  });

  it('spread over two seconds is answered once, not bubble by bubble', async () => {
    const chat = await asked(office.chat());
    const before = office.webChat.textsTo(chat.address).length;
    for (const text of numbers(20)) {
      office.clock.advance(100);
      await receiveMessage(office.engine, chat.message({ kind: 'text', text }));
    }
    await office.engine.queue.idle();
    expect(office.webChat.textsTo(chat.address).length - before).toBe(1);
  });
});
