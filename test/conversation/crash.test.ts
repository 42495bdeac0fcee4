import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { asked, createOffice, summarised, twinOf, type Chat, type Office } from '../support/conversation.js';
import { takeUpWork } from '../../src/conversation/sweep.js';
import { startMortalProcess } from './mortal-process.js';

let office: Office;
beforeAll(async () => {
  office = await createOffice();
});
afterAll(async () => office.close());

/** More steps than any turn has; a process that outlives its message ends the search. */
const MOST_STEPS = 60;

/**
 * Gives the message to a process that dies after 1, 2, 3, … steps; the platform delivers again what was not
 * acknowledged; another process recovers.
 */
async function crashEverywhere(
  prepare: () => Promise<Chat>,
  text: string,
  check: (chat: Chat, died: { after: number; sentByDead: string[] }) => Promise<void>,
): Promise<number> {
  for (let lifetime = 1; lifetime <= MOST_STEPS; lifetime += 1) {
    const chat = await prepare();
    const message = chat.message({ kind: 'text', text });
    const dying = await startMortalProcess(office, lifetime);
    const acknowledged = await receiveMessage(dying.engine, message).then(
      () => true,
      () => false,
    );
    await dying.engine.queue.idle();
    const { dead } = dying;
    await dying.bury();
    await chat.time(1);
    if (!acknowledged) await receiveMessage(office.engine, message);
    await office.time(60);
    await check(chat, { after: lifetime, sentByDead: dying.channel.textsTo(chat.address) });
    if (!dead) return lifetime - 1;
  }
  throw new Error('the turn never ends');
}

async function noneIsPending(chat: Chat): Promise<void> {
  const { _id: conversationId, outbox, leaseOwner } = await chat.conversation();
  const pending = await office.services.models.messages.countDocuments({ conversationId, pending: true });
  expect({ pending, outbox, leaseOwner }).toEqual({ pending: 0, outbox: [], leaseOwner: null });
}

describe('a process that dies at any step of a turn', () => {
  it(
    'opening a ticket: one ticket, its number said, and said in the log exactly once',
    { timeout: 90_000 },
    async () => {
      const ready = await summarised(office.chat());
      const steps = await crashEverywhere(
        async () => twinOf(office, ready),
        'kirim',
        async (chat, { after, sentByDead }) => {
          const tickets = await chat.tickets();
          expect(tickets, `tickets after a crash at step ${after}`).toHaveLength(1);
          const number = tickets[0]?.number ?? '';
          const { _id: conversationId } = await chat.conversation();
          const logged = await office.services.models.messages
            .find({ conversationId, direction: 'out', 'content.text': new RegExp(number, 'u') })
            .lean();
          expect(logged, `log after a crash at step ${after}`).toHaveLength(1);
          const heard = [...sentByDead, ...office.webChat.textsTo(chat.address)].filter((text) =>
            text.includes(number),
          );
          expect(heard.length, `heard after a crash at step ${after}`).toBeGreaterThanOrEqual(1);
          expect(heard.length, `heard after a crash at step ${after}`).toBeLessThanOrEqual(2);
          await noneIsPending(chat);
        },
      );
      expect(steps).toBeGreaterThan(8);
      const numbers = (await office.tickets()).map(({ number }) => number);
      expect(new Set(numbers).size).toBe(numbers.length);
    },
  );

  it('a bubble of a question: kept once, and the conversation goes on', { timeout: 90_000 }, async () => {
    const ready = await asked(office.chat());
    const steps = await crashEverywhere(
      async () => twinOf(office, ready),
      'Kapan DAU disalurkan?',
      async (chat) => {
        await noneIsPending(chat);
        await chat.says('Mohon penjelasannya.', 'selesai', '1');
        const tickets = await chat.tickets();
        expect(tickets.map(({ question }) => question)).toEqual([
          'Kapan DAU disalurkan?\nMohon penjelasannya.',
        ]);
      },
    );
    expect(steps).toBeGreaterThanOrEqual(5);
  });

  it('after the reply was logged: it is not sent again', async () => {
    const chat = await asked(office.chat());
    const { conversations, messages } = office.services.models;
    const { _id } = await chat.conversation();
    const logged = await messages.findOne({ conversationId: _id, direction: 'out' }).sort({ _id: -1 }).lean();
    const { _id: entry, author, content, sentAt: at } = logged ?? expect.fail('nothing was said');
    await conversations.updateOne({ _id }, { $set: { outbox: [{ _id: entry, author, content, at }] } });
    const before = office.webChat.sent.length;
    await chat.says('Kapan DAU disalurkan?');
    expect(office.webChat.sent.slice(before).map(({ id }) => id)).not.toContain(entry);
    await noneIsPending(chat);
  });
});

describe('a process that starts on a store of its own', () => {
  it('does not wait for the lease of the one that died in the middle of a turn', async () => {
    const chat = await asked(office.chat());
    const { _id: conversationId } = await chat.conversation();
    const { conversations, messages } = office.services.models;
    await chat.says('Kapan batas laporannya?');
    const dead = { leaseOwner: 'dead', leaseUntil: new Date(office.clock.now().getTime() + 30_000) };
    await conversations.updateOne({ _id: conversationId }, { $set: { ...dead, handled: [] } });
    await messages.updateMany({ conversationId, direction: 'in' }, { $set: { pending: false } });
    const last = await messages.findOne({ conversationId, direction: 'in' }).sort({ _id: -1 }).lean();
    await messages.updateOne({ _id: last?._id ?? '' }, { $set: { pending: true } });

    await takeUpWork(office.engine, { alone: true });
    await office.engine.queue.idle();
    await noneIsPending(chat);
  });
});
