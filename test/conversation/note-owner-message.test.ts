import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { handBack } from '../../src/conversation/hand-over.js';
import { noteOwnerMessage } from '../../src/conversation/note-owner-message.js';
import { createOffice, submitted, type Chat, type Office } from '../support/conversation.js';

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(() => office.close());

let typed = 0;
function types(chat: Chat, more: { providerId?: string } = {}): Promise<void> {
  typed += 1;
  return noteOwnerMessage(office.engine, {
    ...{ channel: 'whatsapp', account: 'whatsapp', address: chat.address, topicCode: 'lainnya' },
    ...{
      providerId: `${chat.address}:owner-${typed}`,
      text: 'Saya bantu.',
      sentAt: office.clock.now(),
      ...more,
    },
  });
}

describe('somebody who answers on the office phone', () => {
  it('takes the conversation over, with a ticket to give it back by; the bot is silent until then', async () => {
    const chat = office.chat({ channel: 'whatsapp' });
    await chat.says('halo');
    await types(chat);
    await office.time(1);
    const { number } = await chat.ticket();
    expect(await chat.conversation()).toMatchObject({ holder: 'staff', holderId: 'phone:whatsapp' });
    const channel = office.engine.channels.get('whatsapp') as unknown as { sent: unknown[] };
    const before = channel.sent.length;
    await chat.says('Terima kasih, lalu bagaimana?');
    expect(channel.sent.length).toBe(before);
    const supervisor = await office.agent('dewi', 'supervisor');
    await handBack(office.engine, { number, actor: supervisor, now: office.clock.now() });
    await office.time(1);
    expect(await chat.conversation()).toMatchObject({ holder: 'bot' });
  });

  it('is seen in the conversation, once however often it is told, and opens no second ticket', async () => {
    const chat = office.chat({ channel: 'whatsapp' });
    await chat.says('halo');
    const providerId = `${chat.address}:same`;
    await types(chat, { providerId });
    await types(chat, { providerId });
    await types(chat);
    const { _id: conversationId } = await chat.conversation();
    const lines = await office.services.models.messages
      .find({ conversationId, 'author.kind': 'staff' })
      .lean();
    expect(lines.map(({ content, direction }) => [content, direction])).toEqual([
      [{ kind: 'text', text: 'Saya bantu.' }, 'out'],
      [{ kind: 'text', text: 'Saya bantu.' }, 'out'],
    ]);
    expect(await chat.tickets()).toHaveLength(1);
  });

  it('takes over the ticket that is open', async () => {
    const chat = await submitted(office.chat({ channel: 'whatsapp' }));
    await types(chat);
    expect(await chat.tickets()).toHaveLength(1);
    expect(await chat.ticket()).toMatchObject({ assigneeId: 'phone:whatsapp' });
  });

  it('to somebody who never wrote leaves a conversation that the bot does not answer', async () => {
    const chat = office.chat({ channel: 'whatsapp' });
    await types(chat);
    expect(await chat.conversation()).toMatchObject({ holder: 'staff' });
  });
});
