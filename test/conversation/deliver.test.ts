import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ChannelError } from '../../src/conversation/channel.js';
import { receiveMessage } from '../../src/conversation/receive-message.js';
import { sendStaffMessage } from '../../src/conversation/staff-message.js';
import { loadBlocked, nextRecovery, nextRetry, nextWake, retryOutbox } from '../../src/conversation/sweep.js';
import type { Message } from '../../src/models/message.js';
import {
  agreed,
  createOffice,
  submitted,
  twinOf,
  WHO_I_AM,
  type Chat,
  type Office,
} from '../support/conversation.js';

let office: Office;
let ready: Chat;
beforeAll(async () => {
  office = await createOffice();
  ready = await agreed(office.chat());
});
afterAll(async () => office.close());
beforeEach(() => {
  office.webChat.before = () => undefined;
});

const fails =
  (reason = 'no-answer', permanent = false, retryAfter?: number) =>
  (): never => {
    throw new ChannelError(reason, permanent, retryAfter);
  };

async function outgoing(chat: Chat): Promise<Message[]> {
  const { _id: conversationId } = await chat.conversation();
  const lines = await office.services.models.messages
    .find({ conversationId, direction: 'out' })
    .sort({ _id: 1 })
    .lean();
  return lines;
}

describe('a platform that does not take a message', () => {
  it('is tried again later and later, and gets the message once', async () => {
    const chat = await twinOf(office, ready);
    const tries: number[] = [];
    office.webChat.before = () => {
      tries.push(office.clock.now().getTime());
      if (tries.length < 4) fails()();
    };
    await chat.says('status tiket');
    chat.expectSilence();
    await chat.time(5 + 15 + 60);
    chat.expectReply(/Belum ada tiket/);
    const waits = tries.slice(1).map((time, index) => (time - (tries[index] ?? 0)) / 1000);
    expect(waits).toEqual([5, 15, 60]);
    expect((await outgoing(chat)).map(({ delivery }) => delivery)).toMatchObject([
      { state: 'sent', attempts: 4 },
    ]);
  });

  it('because it cannot be reached does not use up attempts, however long that lasts', async () => {
    const chat = await twinOf(office, ready);
    let away = true;
    office.webChat.before = () => {
      if (away) throw new ChannelError('not-connected', false, 1_800_000, { attempted: false });
    };
    await chat.says('status tiket');
    await chat.time(12 * 3_600);
    expect((await outgoing(chat)).map(({ delivery }) => delivery)).toMatchObject([
      { state: 'queued', attempts: 0, reason: 'not-connected' },
    ]);
    away = false;
    await chat.time(1_800);
    chat.expectReply(/Belum ada tiket/);
    expect((await outgoing(chat)).map(({ delivery }) => delivery)).toMatchObject([
      { state: 'sent', attempts: 1 },
    ]);
  });

  it('waits at least as long as the platform asks', async () => {
    const chat = await twinOf(office, ready);
    office.webChat.before = fails('too-many', false, 42_000);
    await chat.says('status tiket');
    office.webChat.before = () => undefined;
    await chat.time(41);
    chat.expectSilence();
    await chat.time(1);
    chat.expectReply(/Belum ada tiket/);
  });

  it('keeps the order: later messages wait behind the one that is blocked', async () => {
    const chat = await twinOf(office, ready);
    let broken = true;
    office.webChat.before = ({ content }) => {
      if (broken && content.kind === 'text' && content.text.includes('Belum ada tiket')) fails()();
    };
    await chat.says('status tiket');
    broken = false;
    await receiveMessage(office.engine, chat.message({ kind: 'text', text: 'menu' }));
    await office.engine.queue.idle();
    expect((await outgoing(chat)).map(({ delivery }) => delivery?.state)).toEqual(['queued', 'queued']);
    await chat.time(30);
    expect(chat.replies.map((text) => text.slice(0, 8))).toEqual(['Belum ad', 'Ada yang']);
  });

  it('for good is not asked again, the reason is kept, and the next message goes out', async () => {
    const chat = await twinOf(office, ready);
    office.webChat.before = fails('recipient-unknown', true);
    await chat.says('status tiket');
    office.webChat.before = () => undefined;
    await chat.says('menu');
    const [failed, next] = (await outgoing(chat)).map(({ delivery }) => delivery);
    expect(failed).toMatchObject({
      state: 'failed',
      reason: 'recipient-unknown',
      attempts: 1,
      nextAttemptAt: null,
    });
    expect(next).toMatchObject({ state: 'sent' });
  });

  it('for hours fails the message after the last attempt', async () => {
    const chat = await twinOf(office, ready);
    office.webChat.before = fails();
    await chat.says('status tiket');
    await chat.time(2 * 3600);
    expect((await outgoing(chat)).map(({ delivery }) => delivery)).toMatchObject([
      { state: 'failed', reason: 'no-answer', attempts: 7 },
    ]);
  });

  it('does not hide other conversations from the sweep, however many messages wait behind the blocked one', async () => {
    const [blocked, other] = [await twinOf(office, ready), await twinOf(office, ready)];
    office.webChat.before = fails();
    await blocked.says('status tiket');
    const [head] = await outgoing(blocked);
    const waiting = Array.from({ length: 210 }, (_, index) => ({
      ...head,
      _id: office.services.newId(),
      content: { kind: 'text' as const, text: `Pesan ${index}` },
      delivery: { state: 'queued' as const, attempts: 0, nextAttemptAt: head?.receivedAt, reason: null },
    }));
    await office.services.models.messages.insertMany(waiting);
    await other.says('status tiket');
    office.webChat.before = ({ address }) => {
      if (address === blocked.address) fails()();
    };
    await other.time(20);
    other.expectReply(/Belum ada tiket/);
    office.webChat.before = () => undefined;
    await blocked.time(600);
    expect(blocked.replies).toHaveLength(211);
  });

  it('is remembered over a restart, so that new messages keep behind the waiting ones', async () => {
    const chat = await twinOf(office, ready);
    office.webChat.before = fails();
    await chat.says('status tiket');
    office.webChat.before = () => undefined;
    const restarted = office.anotherEngine();
    await loadBlocked(restarted);
    office.clock.advance(1000);
    await receiveMessage(restarted, chat.message({ kind: 'text', text: 'menu' }));
    await restarted.queue.idle();
    await chat.time(30);
    expect(office.webChat.textsTo(chat.address).map((text) => text.slice(0, 8))).toEqual([
      'Belum ad',
      'Ada yang',
    ]);
  });
});

describe('a channel that is not running', () => {
  it('keeps the message until it runs again', async () => {
    const chat = await twinOf(office, ready);
    const channels = office.engine.channels as Map<string, unknown>;
    channels.delete('web-chat');
    try {
      await receiveMessage(office.engine, chat.message({ kind: 'text', text: 'status tiket' }));
      await office.time(120);
    } finally {
      channels.set('web-chat', office.webChat);
    }
    await chat.time(20);
    chat.expectReply(/Belum ada tiket/);
  });

  it('costs a reply no attempt, however long it is off', async () => {
    const chat = await submitted(office.chat());
    const { number } = await chat.ticket();
    const actor = await office.agent('wira');
    const channels = office.engine.channels as Map<string, unknown>;
    channels.delete('web-chat');
    try {
      const now = office.clock.now();
      await sendStaffMessage(office.engine, { number, actor, clientId: 'off', text: 'Kami periksa.', now });
      await office.time(3 * 3600);
      const [line] = (await outgoing(chat)).slice(-1);
      expect(line?.delivery).toMatchObject({ state: 'queued', attempts: 0, reason: 'channel-off' });
    } finally {
      channels.set('web-chat', office.webChat);
    }
    await chat.time(10);
    chat.expectReply(/Kami periksa/);
    expect((await outgoing(chat)).at(-1)?.delivery).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('hides no work of the others from the sweeps, and gives them nothing to do', async () => {
    const own = await createOffice();
    try {
      const chat = await agreed(own.chat());
      const { messages, conversations } = own.services.models;
      const { _id: conversationId } = await chat.conversation();
      const at = own.clock.now();
      const off = Array.from({ length: 210 }, (_, index) => ({
        ...{ _id: own.services.newId(), conversationId: `off-${index}`, channel: 'telegram' as const },
        ...{ account: 'bot', author: { kind: 'system' as const }, sentAt: at, receivedAt: at },
        content: { kind: 'text' as const, text: 'Menunggu' },
      }));
      const queued = { state: 'queued' as const, attempts: 0, nextAttemptAt: at, reason: null, at };
      await messages.insertMany([
        ...off.map((line) => ({ ...line, direction: 'event' as const, pending: true })),
        ...off.map((line) => ({
          ...line,
          _id: own.services.newId(),
          direction: 'out' as const,
          delivery: queued,
        })),
      ]);
      const entry = { _id: 'entry', author: { kind: 'bot' as const }, content: off[0]!.content, at };
      await conversations.insertMany(
        off.map(({ conversationId: _id, channel, account }) => ({
          ...{ _id, channel, account, address: _id, createdAt: at, wakeAt: at },
        })),
      );
      const { engine } = own;
      expect(await nextRecovery(engine)).toBeUndefined();
      expect(await nextRetry(engine)).toBeUndefined();
      expect(await nextWake(engine)).toBeUndefined();
      await conversations.updateMany({ account: 'bot' }, { $set: { outbox: [entry] } });

      const line = { ...off[0]!, conversationId, channel: 'web-chat' as const, account: 'web-chat' };
      await messages.insertMany([
        { ...line, _id: own.services.newId(), direction: 'out', delivery: queued },
        {
          ...{ ...line, _id: own.services.newId(), direction: 'in', pending: true, providerId: 'late' },
          content: { kind: 'text', text: 'status tiket' },
        },
      ]);
      await chat.time(30);
      chat.expectReply(/Menunggu/, /Belum ada tiket/);
      expect(await nextRecovery(engine)).toBeUndefined();
      await chat.says('konsultasi', WHO_I_AM, 'DAK Fisik', 'Apakah jadwalnya berubah?');
      expect((await chat.conversation()).wakeAt).not.toBeNull();
      await chat.time(600);
      chat.expectReply(/Mohon diperiksa/);
      expect(engine.counts.turnFailures).toBe(0);
    } finally {
      await own.close();
    }
  });
});

describe('a sweep of the outbox that the database refuses', () => {
  it('is logged, and the next sweep sends what was waiting', async () => {
    const chat = await twinOf(office, ready);
    office.webChat.before = fails();
    await chat.says('status tiket');
    office.webChat.before = () => undefined;
    const { services } = office.engine;
    const messages = new Proxy(services.models.messages, {
      get: (target, name) =>
        name === 'updateOne'
          ? () => Promise.reject(new Error('not primary'))
          : (Reflect.get(target, name) as unknown),
    });
    const logged: unknown[] = [];
    const error = (...line: unknown[]): void => void logged.push(line);
    const log = { ...services.log, error } as typeof services.log;
    const broken = { ...services, log, models: { ...services.models, messages } };
    office.clock.advance(5_000);
    await retryOutbox({ ...office.engine, services: broken }, office.clock.now());
    await office.engine.queue.idle();
    const { _id: conversationId } = await chat.conversation();
    expect(logged).toMatchObject([
      [{ err: { message: 'not primary' }, conversationId }, 'delivery of waiting messages failed'],
    ]);
    await chat.time(10);
    chat.expectReply(/Belum ada tiket/);
  });
});

describe('a reply of staff', () => {
  it('sent twice under the same id by an impatient page is one message', async () => {
    const chat = await submitted(office.chat());
    const { number } = await chat.ticket();
    const actor = await office.agent('rina');
    const reply = { number, actor, clientId: 'click-1', text: 'Kami periksa dulu.', now: office.clock.now() };
    const stored = [
      await sendStaffMessage(office.engine, reply),
      await sendStaffMessage(office.engine, reply),
    ];
    await office.time(1);
    expect(stored[0]?.[0]?._id).toBe(stored[1]?.[0]?._id);
    expect(office.webChat.textsTo(chat.address).filter((text) => text === reply.text)).toHaveLength(1);
  });

  it('carries the time at which it was sent, however long the one before took', async () => {
    const chat = await submitted(office.chat());
    const { number } = await chat.ticket();
    const actor = await office.agent('lambat');
    const now = office.clock.now();
    const content = await chat.stored('catatan.txt', new TextEncoder().encode('Catatan rapat.'));
    const fileId = content.kind === 'file' ? content.fileId : '';
    office.webChat.before = () => office.clock.advance(20_000);
    await sendStaffMessage(office.engine, {
      number,
      actor,
      clientId: 'slow',
      text: 'Terlampir.',
      fileIds: [fileId],
      now,
    });
    await office.engine.queue.idle();
    const times = (await outgoing(chat)).slice(-2).map(({ delivery }) => delivery?.at.getTime());
    // The word that a person has joined took the first twenty seconds.
    expect(times).toEqual([now.getTime() + 40_000, now.getTime() + 60_000]);
  });

  it('is sent by one of two processes that both find it waiting', async () => {
    const chat = await submitted(office.chat());
    const { number } = await chat.ticket();
    const actor = await office.agent('tono');
    const other = office.anotherEngine();
    let entered = 0;
    office.webChat.before = async () => {
      entered += 1;
      await new Promise((resolve) => setTimeout(resolve, 200));
    };
    const now = office.clock.now();
    await sendStaffMessage(office.engine, { number, actor, clientId: 'c', text: 'Satu kali saja.', now });
    while (entered === 0) await new Promise((resolve) => setImmediate(resolve));
    await retryOutbox(other, now);
    await Promise.all([other.queue.idle(), office.engine.queue.idle()]);
    expect(office.webChat.textsTo(chat.address).filter((text) => text === 'Satu kali saja.')).toHaveLength(1);
  });
});
