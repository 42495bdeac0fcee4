import { afterEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/shared/ids.js';
import type { Fault } from '../../support/telegram-server/index.js';
import { startBot, type TestBot } from './bot.js';

let bot: TestBot;
afterEach(() => bot.close());

const texts = (): string[] =>
  bot.inbox.received.map(({ content }) => (content.kind === 'text' ? content.text : content.kind));
const down = async (reason: RegExp): Promise<void> => {
  await bot.until(() => bot.telegram.health().state === 'down' && bot.waits.open.length > 0);
  expect(bot.telegram.health().reason).toMatch(reason);
};
const up = async (): Promise<void> => {
  bot.waits.end();
  await bot.until(() => bot.telegram.health().state === 'up');
};

describe('long polling', () => {
  it('removes a webhook first and keeps what waits at Telegram', async () => {
    bot = await startBot({
      mode: 'polling',
      before: ({ state }) => (state.webhook = { url: 'https://lama.example/hook', secret: undefined }),
    });
    expect(bot.server.callsOf('deleteWebhook')).toEqual([{ drop_pending_updates: false }]);
  });

  it('confirms a message only once it is stored, and lets none of its chat overtake it', async () => {
    bot = await startBot({ mode: 'polling' });
    const [first, second] = [bot.person.text('satu'), bot.person.text('dua')];
    bot.inbox.failing = true;
    await bot.server.push(first);
    await bot.until(() => bot.waits.open.length > 0);
    await bot.server.push(second);
    expect(bot.inbox.attempts).toBe(1);
    bot.inbox.failing = false;
    bot.waits.end();
    await bot.until(() => bot.server.isConfirmed(second.update_id));
    expect(texts()).toEqual(['satu', 'dua']);
    expect(bot.telegram.health().state).toBe('up');
  });

  it('takes updates in the order of their ids, however they come', async () => {
    bot = await startBot({ mode: 'polling' });
    const updates = ['satu', 'dua', 'tiga'].map((text) => bot.person.text(text));
    bot.server.state.pending.push(...updates.toReversed());
    bot.server.state.poller?.();
    await bot.until(() => bot.inbox.received.length === 3);
    expect(texts()).toEqual(['satu', 'dua', 'tiga']);
  });

  it('takes what came while it was away', async () => {
    bot = await startBot({ mode: 'polling' });
    await bot.telegram.stop();
    const update = bot.person.text('semalam');
    await bot.server.push(update);
    await bot.telegram.start(bot.inbox);
    await bot.until(() => bot.server.isConfirmed(update.update_id));
    expect(texts()).toEqual(['semalam']);
  });

  it('steps back when another process polls (409), says so, and takes over when it is alone', async () => {
    bot = await startBot({
      mode: 'polling',
      connected: false,
      before: (server) => server.fails('getUpdates', { code: 409 }),
    });
    await down(/another process/);
    await up();
    await bot.server.push(bot.person.text('Halo'));
    await bot.until(() => bot.inbox.received.length === 1);
  });

  it('waits as long as Telegram asks (429)', async () => {
    bot = await startBot({
      mode: 'polling',
      connected: false,
      before: (server) => server.fails('getUpdates', { code: 429, parameters: { retry_after: 17 } }),
    });
    await down(/asks to wait/);
    expect(bot.waits.open).toEqual([17_000]);
    await up();
  });

  it('is down, not green, when the token is refused (401), and comes back when it is accepted', async () => {
    bot = await startBot({
      mode: 'polling',
      connected: false,
      before: (server) => server.fails('getMe', { code: 401 }, { code: 404 }),
    });
    await down(/refuses the bot token/);
    bot.waits.end();
    await bot.until(() => bot.waits.asked.length === 2);
    await up();
  });

  it('tries again later and later while the network is away, at most a minute apart, and loses nothing', async () => {
    bot = await startBot({ mode: 'polling' });
    bot.server.down = true;
    await bot.server.push(bot.person.text('tetap sampai'));
    await down(/does not answer/);
    for (let attempt = 2; attempt <= 9; attempt += 1) {
      bot.waits.end();
      await bot.until(() => bot.waits.asked.length === attempt);
    }
    expect(bot.waits.asked.slice(0, 9)).toEqual([
      ...[1_000, 2_000, 4_000, 8_000, 16_000, 32_000],
      ...[60_000, 60_000, 60_000],
    ]);
    bot.server.down = false;
    await up();
    await bot.until(() => bot.inbox.received.length === 1);
  });

  it('gives up a question that Telegram never answers and asks again', async () => {
    bot = await startBot({
      mode: 'polling',
      before: (server) => server.fails('getUpdates', { code: 500 }, 'hang'),
      connected: false,
    });
    await down(/error 500/);
    bot.waits.end();
    await bot.until(() => bot.deadlines.filter(({ milliseconds }) => milliseconds === 45_000).length === 2);
    bot.deadlines.at(-1)?.end();
    await bot.until(() => bot.waits.asked.length === 2);
    await up();
  });

  it('survives an answer that is no JSON', async () => {
    bot = await startBot({
      mode: 'polling',
      connected: false,
      before: (server) => server.fails('getUpdates', 'garbage'),
    });
    await down(/does not answer/);
    await up();
  });

  it('takes every message once and in order through any mixture of failures', async () => {
    const random = seededRandom(11);
    bot = await startBot({ mode: 'polling', ports: { wait: () => Promise.resolve() } });
    const faults: Fault[] = ['drop', 'garbage', { code: 500 }, { code: 409 }, { code: 401 }];
    const receive = bot.inbox.receive.bind(bot.inbox);
    bot.inbox.receive = (message) =>
      random() < 0.2 ? Promise.reject(new Error('the database is away')) : receive(message);
    const sent = Array.from({ length: 200 }, (_, index) => `pesan ${index}`);
    for (const text of sent) {
      if (random() < 0.2)
        bot.server.fails('getUpdates', faults[Math.floor(random() * faults.length)] ?? 'drop');
      const update = bot.person.text(text);
      await bot.server.push(update);
      // A confirmation that was lost brings it again.
      if (random() < 0.1) bot.server.pushAgain(update);
      if (random() < 0.3) await bot.until(() => bot.server.isConfirmed(update.update_id));
    }
    await bot.until(() => bot.inbox.received.length === sent.length);
    expect(texts()).toEqual(sent);
  });

  it('starts at once though Telegram is away', async () => {
    bot = await startBot({ mode: 'polling', connected: false, before: (server) => (server.down = true) });
    expect(bot.telegram.health().state).not.toBe('up');
    await down(/does not answer/);
  });
});
