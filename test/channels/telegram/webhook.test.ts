import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nextUpdate } from '../../support/telegram-server/person.js';
import { SECRET, startBot, type TestBot } from './bot.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startBot();
});
afterEach(() => bot.close());

const post = (body: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(bot.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET, ...headers },
    body,
  });
const texts = (): string[] =>
  bot.inbox.received.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));

describe('the webhook', () => {
  it('is registered with its secret, and only for the kinds of update that are read', () => {
    expect(bot.server.callsOf('setWebhook')).toEqual([
      expect.objectContaining({
        url: bot.url,
        secret_token: SECRET,
        allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
      }),
    ]);
    expect(bot.url).not.toContain(bot.server.token.split(':')[1]);
  });

  it.each([
    ['no secret', { 'x-telegram-bot-api-secret-token': '' }],
    ['a wrong secret', { 'x-telegram-bot-api-secret-token': `${SECRET}x` }],
    ['the beginning of the secret', { 'x-telegram-bot-api-secret-token': SECRET.slice(0, -1) }],
  ])('refuses a message with %s', async (_name, headers) => {
    expect((await post(JSON.stringify(bot.person.text('Halo')), headers)).status).toBe(401);
    expect(bot.inbox.attempts).toBe(0);
  });

  it('checks the secret before it reads: a large body of a stranger is not even parsed', async () => {
    const huge = JSON.stringify(bot.person.text('x'.repeat(300_000)));
    expect((await post(huge, { 'x-telegram-bot-api-secret-token': 'no' })).status).toBe(401);
  });

  it('refuses an oversize body', async () => {
    expect((await post(JSON.stringify(bot.person.text('x'.repeat(300_000))))).status).toBe(413);
    expect(bot.inbox.attempts).toBe(0);
  });

  it.each(['', '{', 'null', '[]', '7', '{"update_id":"x"}', '{"update_id":1e400}', '{"message":{}}'])(
    'refuses what is no update: %s',
    async (body) => {
      expect((await post(body)).status).toBe(400);
      expect(bot.inbox.attempts).toBe(0);
    },
  );

  it.each([
    ['nothing in it', {}],
    ['a kind it does not know', { message_reaction: { chat: { id: 1 }, date: 1 } }],
    ['a message without a chat', { message: { message_id: 1, date: 1, text: 'halo' } }],
    ['a message without a sender', { message: { message_id: 1, date: 1, chat: { id: 5, type: 'private' } } }],
    ['a message that is no object', { message: 'halo' }],
    ['a chat whose id is no number', { message: { message_id: 1, chat: { id: {}, type: 'private' } } }],
    ['a press without a sender', { callback_query: { id: 'q', data: 'x' } }],
  ])('acknowledges an update with %s, so that Telegram does not send it for ever', async (_name, fields) => {
    expect((await post(JSON.stringify(nextUpdate(fields)))).status).toBe(200);
    expect(bot.inbox.attempts).toBe(0);
  });

  it('hears only POST, and only on its path', async () => {
    expect((await fetch(bot.url)).status).toBe(404);
    expect((await fetch(`${bot.url}/x`, { method: 'POST' })).status).toBe(404);
  });

  it('answers 503 while messages cannot be stored, and 200 once they can', async () => {
    const update = bot.person.text('Penting');
    bot.inbox.failing = true;
    expect(await bot.server.push(update)).toBe(503);
    expect(bot.telegram.health()).toEqual({ state: 'down', reason: 'messages cannot be stored' });
    bot.inbox.failing = false;
    expect(await bot.server.push(update)).toBe(200);
    expect(texts()).toEqual(['Penting']);
  });

  it('answers 503 when the channel is stopped', async () => {
    await bot.telegram.stop();
    expect(await bot.server.push(bot.person.text('Halo'))).toBe(503);
  });

  it('keeps a chat in order when a text overtakes the file before it', async () => {
    bot.server.fails('getFile', 'hang');
    const file = bot.server.push(bot.person.document('surat.pdf', Buffer.from('%PDF-1.4')));
    await bot.server.until(() => bot.server.callsOf('getFile').length === 1);
    const text = bot.server.push(bot.person.text('selesai'));
    const other = { id: 42, type: 'private' };
    const elsewhere = nextUpdate({
      message: {
        message_id: 1,
        date: 1_772_413_200,
        chat: other,
        from: { id: 42, first_name: 'Budi' },
        text: 'lain',
      },
    });
    expect(await bot.server.push(elsewhere)).toBe(200);
    expect(texts()).toEqual(['lain']);
    // Telegram does not answer in time: the call is given up and made again.
    bot.deadlines.findLast(({ milliseconds }) => milliseconds === 20_000)?.end();
    await bot.until(() => bot.waits.open.includes(500));
    bot.waits.end();
    expect(await Promise.all([file, text])).toEqual([200, 200]);
    expect(texts()).toEqual(['lain', 'file', 'selesai']);
  });

  it('takes a burst, every message once and in the order of its chat', async () => {
    const updates = Array.from({ length: 200 }, (_, index) => bot.person.text(`pesan ${index}`));
    const again = updates.filter((_, index) => index % 10 === 0);
    const answers = await Promise.all([...updates, ...again].map((update) => bot.server.push(update)));
    expect(new Set(answers)).toEqual(new Set([200]));
    const received = texts();
    expect(received).toHaveLength(200);
    expect(new Set(received).size).toBe(200);
  });

  it('looks after itself: a webhook that leads elsewhere is set again', async () => {
    bot.server.state.webhook = { url: 'https://lain.example/hook', secret: undefined };
    await bot.until(() => bot.waits.open.includes(60_000));
    bot.waits.end();
    await bot.until(() => bot.telegram.health().state === 'down');
    await bot.until(() => bot.waits.open.includes(1_000));
    bot.waits.end();
    await bot.until(() => bot.telegram.health().state === 'up');
    expect(bot.server.state.webhook.url).toBe(bot.url);
  });

  it('shows at once that Telegram is back, after it did not answer', async () => {
    bot.server.fails('getWebhookInfo', { code: 502 });
    await bot.until(() => bot.waits.open.includes(60_000));
    bot.waits.end();
    await bot.until(() => bot.waits.open.includes(1_000));
    expect(bot.telegram.health()).toEqual({ state: 'down', reason: 'Telegram answers with error 502' });
    bot.waits.end();
    await bot.until(() => bot.telegram.health().state === 'up');
  });

  it('is not called up while Telegram cannot deliver', async () => {
    const date = Math.floor(bot.clock.now().getTime() / 1000) - 5;
    bot.server.state.lastError = { date, pending: 3 };
    await bot.until(() => bot.waits.open.includes(60_000));
    bot.waits.end();
    await bot.until(() => bot.telegram.health().state === 'down');
    expect(bot.telegram.health().reason).toMatch(/webhook/);
    bot.server.state.lastError = undefined;
    await bot.until(() => bot.waits.open.includes(60_000));
    bot.waits.end();
    await bot.until(() => bot.telegram.health().state === 'up');
  });
});

describe('status', () => {
  it('tells when the last message came and went, and how long the oldest waits', async () => {
    expect(bot.telegram.status?.()).toEqual({
      ...{ state: 'up', lastInboundAt: null, lastConfirmedOutboundAt: null, queueAge: 0 },
    });
    await bot.server.push(bot.person.text('Halo'));
    const cameAt = bot.clock.now();
    bot.clock.advance(5_000);
    bot.server.fails('sendMessage', 'hang');
    const sending = bot.telegram.send({
      ...{ id: 'M1', conversationId: 'C1', address: String(bot.person.id), author: { kind: 'bot' } },
      content: { kind: 'text', text: 'Selamat pagi' },
    });
    await bot.server.until(() => bot.server.callsOf('sendMessage').length === 1);
    bot.clock.advance(7_000);
    expect(bot.telegram.status?.()).toMatchObject({
      lastInboundAt: cameAt,
      lastConfirmedOutboundAt: null,
      queueAge: 7,
    });
    bot.deadlines.at(-1)?.end();
    await expect(sending).rejects.toMatchObject({ reason: 'unreachable', permanent: false });
    expect(bot.telegram.status?.()).toMatchObject({ queueAge: 0, lastConfirmedOutboundAt: null });
  });
});
