import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChannelError } from '../../../src/conversation/channel.js';
import { PASSWORD, type Fault, type Json } from '../../support/teams-server/index.js';
import { SARI, wordsOf } from '../../support/teams-server/person.js';
import { startBot, toSari, type TestBot } from './bot.js';

let bot: TestBot;
beforeEach(async () => {
  bot = await startBot();
  await bot.post(bot.person.text('Halo'));
});
afterEach(() => bot.close());

const text = (words: string): Parameters<TestBot['teams']['send']>[0] =>
  toSari({ kind: 'text', text: words });
const failure = async (message = text('Halo')): Promise<ChannelError> => {
  const error: unknown = await bot.teams.send(message).catch((one: unknown) => one);
  if (!(error instanceof ChannelError)) throw new Error(`no failure: ${String(error)}`);
  return error;
};
const sendCalls = (): number => bot.server.calls.filter(({ path }) => path.includes('/activities')).length;

describe('what goes out', () => {
  it('can be read as it was written: no sign of a person becomes a mark', async () => {
    const words = 'a < b & c > d\n# bukan judul\n* butir _garis_ ~~x~~ `kode` [tautan](http://x) &lt;';
    await bot.teams.send(text(`*Tebal* ${words}`));
    const [message] = bot.server.of(SARI.chat);
    expect(message?.textFormat).toBe('xml');
    expect(message?.text).toMatch(/^<b>Tebal<\/b> a &lt; b &amp; c/);
    expect(wordsOf(message!)).toBe(`Tebal ${words}`);
  });

  it('names the agent who writes', async () => {
    await bot.teams.send({ ...text('Selamat pagi.'), author: { kind: 'staff', name: 'Rina Contoh' } });
    expect(bot.server.of(SARI.chat)[0]?.text).toBe('<b>Rina Contoh</b><br/>Selamat pagi.');
  });

  it.each<[Fault, string, boolean]>([
    [{ status: 403, code: 'ConversationBlockedByUser' }, 'recipient-blocked', true],
    [{ status: 403, code: 'BotNotInConversationRoster' }, 'recipient-unreachable', true],
    [{ status: 403, code: 'MessageWritesBlocked' }, 'recipient-unreachable', true],
    [{ status: 403, code: 'BotDisabledByAdmin' }, 'recipient-unreachable', true],
    [{ status: 404, code: 'ConversationNotFound' }, 'recipient-unknown', true],
    [{ status: 413, code: 'RequestEntityTooLarge' }, 'message-too-large', true],
    [{ status: 400, code: 'BadArgument' }, 'refused', true],
    [{ status: 401, code: 'Unauthorized' }, 'signed-out', false],
    [{ status: 412, code: 'PreconditionFailed' }, 'unreachable', false],
    [{ status: 500 }, 'unreachable', false],
    [{ status: 502 }, 'unreachable', false],
    [{ status: 503, retryAfter: 9 }, 'unreachable', false],
    ['drop', 'unreachable', false],
  ])('tells a failure for what it is, after one call: %j is %s', async (fault, reason, permanent) => {
    const before = sendCalls();
    bot.server.fails('send', fault);
    const { reason: told, permanent: forGood, retryAfter } = await failure();
    expect([told, forGood]).toEqual([reason, permanent]);
    expect(retryAfter).toBe(typeof fault === 'object' && fault.retryAfter ? 9_000 : undefined);
    expect(sendCalls() - before).toBe(1);
    expect(bot.reachable.get(SARI.chat)).toBe(reason.startsWith('recipient-') ? false : undefined);
  });

  it('keeps still where Microsoft asks to wait, and no longer', async () => {
    bot.server.fails('send', { status: 429, code: 'Throttled', retryAfter: 7 });
    expect(await failure()).toMatchObject({ reason: 'rate-limited', permanent: false, retryAfter: 7_000 });
    const before = sendCalls();
    bot.clock.advance(6_999);
    expect(await failure()).toMatchObject({ reason: 'rate-limited', retryAfter: 1 });
    expect(sendCalls()).toBe(before);
    bot.clock.advance(1);
    expect(await bot.teams.send(text('Halo'))).toBe('sent');
  });

  it('goes on where it stopped', async () => {
    const message = text(Array.from({ length: 1_500 }, (_, index) => `kata${index}`).join(' '));
    bot.server.fails('send', { status: 502 });
    await failure(message);
    await bot.teams.send(message);
    await bot.teams.send(toSari({ kind: 'text', text: 'sesudah' }, 'ID2'));
    const words = bot.server.of(SARI.chat).map(wordsOf).join(' ');
    expect(words.split(/\s+/)).toHaveLength(1_501);
  });

  it('asks for a new token when the one it has is refused, and shows when the secret is', async () => {
    bot.server.fails('send', { status: 401 });
    await failure();
    expect(bot.teams.health().state).toBe('down');
    bot.server.fails('token', { status: 401 });
    expect((await failure()).reason).toBe('signed-out');
    expect(bot.teams.health().reason).toMatch(/app id, secret or tenant/);
    await bot.teams.send(text('Halo'));
    expect(bot.teams.health()).toEqual({ state: 'up' });
  });

  it('writes to nobody it does not know', async () => {
    expect(await failure({ ...text('Halo'), address: 'a:orang-lain' })).toMatchObject({
      reason: 'recipient-unknown',
      permanent: true,
    });
  });

  it('keeps secrets and words out of its errors', async () => {
    bot.server.fails('send', { status: 500, code: 'x' });
    const error = await failure(text('rahasia pribadi'));
    const told = `${String(error)} ${JSON.stringify(error)} ${String(error.cause)} ${JSON.stringify(error.cause)}`;
    for (const secret of [PASSWORD, 'akses-1', 'rahasia pribadi']) expect(told).not.toContain(secret);
  });

  it('counts what it sends', async () => {
    await bot.teams.send(text('Halo'));
    const now = bot.clock.now();
    expect(bot.teams.status?.()).toEqual({
      ...{ state: 'up', lastInboundAt: now, lastConfirmedOutboundAt: now, queueAge: 0 },
    });
  });
});

describe('a file', () => {
  const bytes = Buffer.from('%PDF-1.4 berita acara');

  async function offered(): Promise<{ card: Json & { id: string }; context: Json }> {
    await bot.post(bot.person.file('bak.pdf', bytes));
    const sent = bot.inbox.received.at(-1)?.content;
    if (sent?.kind !== 'file') throw new Error('no file');
    await bot.teams.send(toSari({ ...sent, caption: 'Berita acara' }));
    const card = bot.server.of(SARI.chat).at(-1)!;
    const [attachment] = card.attachments as { content: { acceptContext: Json } }[];
    return { card, context: attachment!.content.acceptContext };
  }

  const answer = (card: { id: string }, context: Json, uploadUrl: string): Json =>
    bot.person.personal({
      ...{ type: 'invoke', name: 'fileConsent/invoke', replyToId: card.id },
      value: {
        ...{ type: 'fileUpload', action: 'accept', context },
        uploadInfo: {
          ...{ uploadUrl, contentUrl: 'https://contoh-my.sharepoint.com/bak.pdf', name: 'bak.pdf' },
          ...{ uniqueId: 'U1', fileType: 'pdf' },
        },
      },
    });

  it('is offered, and put into the OneDrive of whoever wants it', async () => {
    const { card, context } = await offered();
    await bot.post(answer(card, context, `${bot.server.origin}/upload/sari`));
    await bot.until(() => JSON.stringify(bot.server.of(SARI.chat)).includes('file.info'));
    expect(bot.server.uploads.get('/upload/sari')).toEqual(bytes);
  });

  it.each([
    ['that was never sent to them', { v: 1, fileId: 'milik-orang-lain' }, '/upload/sari'],
    ['to an address that is not theirs', undefined, undefined],
  ])('is not handed out %s', async (_name, foreign, path) => {
    const { card, context } = await offered();
    const url = path === undefined ? 'http://127.0.0.1:1/upload' : `${bot.server.origin}${path}`;
    await bot.post(answer(card, foreign ?? context, url));
    await bot.until(() => bot.server.of(SARI.chat).map(wordsOf).join().includes('belum dapat disimpan'));
    expect(bot.server.uploads.size).toBe(0);
  });

  it('can be asked for again when OneDrive fails', async () => {
    const { card, context } = await offered();
    bot.server.fails('upload', { status: 507 });
    await bot.post(answer(card, context, `${bot.server.origin}/upload/sari`));
    await bot.until(() => bot.server.of(SARI.chat).map(wordsOf).join().includes('belum dapat disimpan'));
    await bot.post(answer(card, context, `${bot.server.origin}/upload/sari`));
    await bot.until(() => bot.server.uploads.size === 1);
  });
});
