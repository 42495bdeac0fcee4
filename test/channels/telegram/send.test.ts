import { Readable } from 'node:stream';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatText } from '../../../src/channels/telegram/format-text.js';
import { ChannelError, type OutboundMessage } from '../../../src/conversation/channel.js';
import { DomainError } from '../../../src/shared/errors.js';
import { PDF, PNG } from '../../support/files.js';
import type { Fault } from '../../support/telegram-server/index.js';
import { SARI_ID } from '../../support/telegram-server/person.js';
import { startBot, type TestBot } from './bot.js';

type Content = OutboundMessage['content'];

const FILES = new Map([
  ['pdf', PDF],
  ['png', PNG],
]);

let bot: TestBot;
let number = 0;
beforeEach(async () => {
  bot = await startBot({
    ports: {
      openFile(fileId) {
        const bytes = FILES.get(fileId);
        return bytes ? Promise.resolve(Readable.from([bytes])) : Promise.reject(new DomainError('not-found'));
      },
    },
  });
});
afterEach(() => bot.close());

const message = (content: Content, more: Partial<OutboundMessage> = {}): OutboundMessage => {
  number += 1;
  return {
    ...{ id: `M${number}`, conversationId: 'C1', address: String(SARI_ID), author: { kind: 'bot' }, content },
    ...more,
  };
};
const text = (words: string): OutboundMessage => message({ kind: 'text', text: words });
const file = (fileId: string, name: string, more: object = {}): Content => ({
  ...{ kind: 'file', fileId, name, size: FILES.get(fileId)?.length ?? 10, mimeType: 'application/pdf' },
  ...more,
});
const failure = async (sending: Promise<unknown>): Promise<ChannelError> => {
  const error: unknown = await sending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ChannelError);
  return error as ChannelError;
};

describe('a text', () => {
  it('is bold where it was marked, and never read as markup', async () => {
    await bot.telegram.send(
      text('Tiket *DJPK-2026-000123* diterima. <b>2*3*4</b> _a_ [x](http://contoh.id/*y*) &amp;'),
    );
    const [seen] = bot.person.seen();
    expect(seen?.text).toBe(
      'Tiket DJPK-2026-000123 diterima. <b>2*3*4</b> _a_ [x](http://contoh.id/*y*) &amp;',
    );
    expect(seen?.entities).toEqual([{ type: 'bold', offset: 6, length: 16 }]);
    expect(bot.server.callsOf('sendMessage')[0]).not.toHaveProperty('parse_mode');
  });

  it('counts marks as Telegram does, in UTF-16 units', async () => {
    await bot.telegram.send(text('👍🏽 *penting* é'));
    expect(bot.person.seen()[0]).toMatchObject({
      text: '👍🏽 penting é',
      entities: [{ offset: 5, length: 7 }],
    });
  });

  it('keeps every character but the marks, and every entity inside the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('*', 'a', 'é', ' ', '\n', '<', 'http://x.id/', '👍') }),
        (marked) => {
          const { text: shown, entities } = formatText(marked);
          expect(shown.replaceAll('*', '')).toBe(marked.replaceAll('*', ''));
          expect(shown.length).toBe(marked.length - 2 * entities.length);
          for (const { offset, length } of entities)
            expect(offset + length).toBeLessThanOrEqual(shown.length);
        },
      ),
    );
  });

  it('over 4,096 characters is split at the end of a sentence', async () => {
    const sentence = 'Kalimat ini cukup panjang untuk diulang berkali-kali. ';
    await bot.telegram.send(text(sentence.repeat(100).trim()));
    const seen = bot.person.seen().map((one) => one.text);
    expect(seen).toHaveLength(2);
    for (const part of seen) expect(part).toMatch(/^Kalimat[\s\S]*\.$/);
  });

  it('of a person is headed by their name', async () => {
    await bot.telegram.send(
      message({ kind: 'text', text: 'Baik.' }, { author: { kind: 'staff', name: 'Rina Contoh' } }),
    );
    expect(bot.person.seen()[0]).toMatchObject({
      ...{ text: 'Rina Contoh\nBaik.', entities: [{ type: 'bold', offset: 0, length: 11 }] },
    });
  });

  it('fetches no previews of links, which may be somebody else’s to open first', async () => {
    await bot.telegram.send(text('https://contoh.go.id/setup?token=x'));
    expect(bot.server.callsOf('sendMessage')[0]).toMatchObject({
      link_preview_options: { is_disabled: true },
    });
  });
});

describe('choices', () => {
  const choices = (count: number, id = 'pilihan'): { id: string; title: string }[] =>
    Array.from({ length: count }, (_, index) => ({
      id: `${id}:${index}`,
      title: `Pilihan nomor ${index + 1}`,
    }));

  it('are buttons, as wide as their words need, under the last part', async () => {
    await bot.telegram.send(
      message({ kind: 'text', text: `${'Kata. '.repeat(900)}Pilih:`, choices: choices(3) }),
    );
    const [first, last] = bot.person.seen();
    expect(first?.keyboard).toEqual([]);
    expect(last?.keyboard.map((row) => row.length)).toEqual([2, 1]);
    expect(last?.keyboard[0]?.[0]).toEqual({ text: 'Pilihan nomor 1', callback_data: 'pilihan:0' });
  });

  it.each([
    ['more of them than buttons', choices(21)],
    ['an id longer than 64 bytes', choices(2, 'é'.repeat(32))],
  ])('are numbered lines where there is %s', async (_name, many) => {
    await bot.telegram.send(message({ kind: 'text', text: 'Pilih:', choices: many, numbered: true }));
    const [seen] = bot.person.seen();
    expect(seen?.keyboard).toEqual([]);
    expect(seen?.text).toContain('\n1. Pilihan nomor 1\n2. Pilihan nomor 2');
  });

  it('have no numbers where numbers would be part of the answer', async () => {
    await bot.telegram.send(message({ kind: 'text', text: 'Pilih:', choices: choices(21), numbered: false }));
    expect(bot.person.seen()[0]?.text).toContain('\n- Pilihan nomor 1');
  });
});

describe('a file', () => {
  it('goes as a document with its name and caption', async () => {
    await bot.telegram.send(message(file('pdf', 'BAK é "1".pdf', { caption: '*Berita Acara*' })));
    const [seen] = bot.person.seen();
    expect(seen).toMatchObject({ text: 'Berita Acara', entities: [{ type: 'bold', offset: 0, length: 12 }] });
    expect(seen?.file).toMatchObject({ as: 'document', name: 'BAK é _1_.pdf' });
    expect(seen?.file?.bytes.equals(PDF)).toBe(true);
  });

  it('is shown as a picture when it is one, and sent as it is when Telegram cannot show it', async () => {
    const picture = file('png', 'foto.png', { mimeType: 'image/png' });
    await bot.telegram.send(message(picture));
    bot.server.fails('sendPhoto', { code: 400, description: 'Bad Request: PHOTO_INVALID_DIMENSIONS' });
    await bot.telegram.send(message(picture));
    expect(bot.person.seen().map((one) => one.file?.as)).toEqual(['photo', 'document']);
  });

  it('with a long caption is followed by it', async () => {
    const caption = 'Keterangan. '.repeat(100).trim();
    await bot.telegram.send(message(file('pdf', 'a.pdf', { caption })));
    expect(bot.person.seen().map((one) => one.text)).toEqual(['', caption]);
  });

  it.each([
    ['too large for Telegram', file('pdf', 'besar.pdf', { size: 51 * 1024 * 1024 }), 'file-too-large'],
    ['no longer there', file('gone', 'hilang.pdf'), 'file-missing'],
  ])('that is %s fails for good', async (_name, content, reason) => {
    expect(await failure(bot.telegram.send(message(content)))).toMatchObject({ reason, permanent: true });
  });
});

describe('a failure', () => {
  it.each([
    ['network', 'drop', 'unreachable', false],
    ['a broken answer', 'garbage', 'unreachable', false],
    ['500', { code: 500 }, 'unreachable', false],
    ['502', { code: 502 }, 'unreachable', false],
    ['401', { code: 401 }, 'signed-out', false],
    ['400 of no chat', { code: 400, description: 'Bad Request: chat not found' }, 'recipient-unknown', true],
    ['400 of something else', { code: 400, description: 'Bad Request: wrong' }, 'refused', true],
    ['403', { code: 403, description: 'Forbidden: bot was blocked by the user' }, 'recipient-blocked', true],
    ['413', { code: 413 }, 'file-too-large', true],
  ] as const)('by %s is told to the engine', async (_name, fault, reason, permanent) => {
    bot.server.fails('sendMessage', fault);
    expect(await failure(bot.telegram.send(text('Halo')))).toMatchObject({ reason, permanent });
  });

  it('by a block marks the user unreachable, and a network failure does not', async () => {
    bot.server.fails('sendMessage', 'drop');
    await failure(bot.telegram.send(text('Halo')));
    expect(bot.reachable.size).toBe(0);
    bot.server.state.blockedBy.add(SARI_ID);
    await failure(bot.telegram.send(text('Halo')));
    expect(bot.reachable).toEqual(new Map([[String(SARI_ID), false]]));
  });

  it('half-way is taken up where it stopped: nothing arrives twice', async () => {
    const parts = message(file('pdf', 'a.pdf', { caption: 'Keterangan. '.repeat(100).trim() }));
    bot.server.fails('sendMessage', 'drop');
    await failure(bot.telegram.send(parts));
    await bot.telegram.send(parts);
    expect(bot.person.seen().map((one) => one.file?.as)).toEqual(['document', undefined]);
  });

  it('by 429 stops all sending for as long as Telegram asks', async () => {
    bot.server.fails('sendMessage', { code: 429, parameters: { retry_after: 12 } });
    const first = await failure(bot.telegram.send(text('satu')));
    expect(first).toMatchObject({ reason: 'rate-limited', permanent: false, retryAfter: 12_000 });
    bot.clock.advance(5_000);
    const second = await failure(bot.telegram.send(text('dua')));
    expect(second).toMatchObject({ reason: 'rate-limited', permanent: false, retryAfter: 7_000 });
    expect(bot.server.callsOf('sendMessage')).toHaveLength(1);
    bot.clock.advance(7_000);
    await bot.telegram.send(text('tiga'));
    expect(bot.person.seen().map((one) => one.text)).toEqual(['tiga']);
  });

  it('is what a stopped channel answers with', async () => {
    await bot.telegram.stop();
    expect(await failure(bot.telegram.send(text('Halo')))).toMatchObject({
      reason: 'not-started',
      permanent: false,
    });
  });
});

describe('the token', () => {
  it('is in no error, however deep one looks, nor is what was sent', async () => {
    const secret = bot.server.token.split(':')[1] ?? '';
    const faults: Fault[] = ['drop', 'garbage', { code: 500 }, { code: 401 }];
    faults.push({ code: 400, description: `Bad Request: wrong ${bot.server.token}` });
    for (const fault of faults) {
      bot.server.fails('sendMessage', fault);
      const seen = everything(await failure(bot.telegram.send(text('Rahasia Sari'))));
      expect(seen).not.toContain(secret);
      expect(seen).not.toContain('Rahasia Sari');
    }
  });
});

/** All that a logger or a debugger could print of an error. */
function everything(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return [error.message, error.stack, JSON.stringify(error), everything(error.cause)].join('\n');
}
